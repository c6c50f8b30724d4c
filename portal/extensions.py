"""Shared objects that are bound to the app in `create_app`; imports nothing of the portal."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from flask_babel import Babel
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import Date, DateTime, MetaData, Text, Uuid
from sqlalchemy.orm import DeclarativeBase, registry


class Model(DeclarativeBase):
    """Base of all tables."""

    # In a registry, because Flask-SQLAlchemy 3.1 fails on a map set on the class itself.
    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={
            str: Text,
            uuid.UUID: Uuid(),
            date: Date,
            datetime: DateTime(timezone=True),
        },
    )


db = SQLAlchemy(model_class=Model)
migrate = Migrate()
babel = Babel()
csrf = CSRFProtect()
