"""Entry for production servers: `gunicorn wsgi:app`."""

from click import ClickException

from portal import create_app
from portal.assets import AssetsMissingError
from portal.config import SettingsError

try:
    app = create_app()
except (SettingsError, AssetsMissingError) as error:
    # `flask --app wsgi …` prints this as one sentence; a production server logs it and stops.
    raise ClickException(str(error)) from None
