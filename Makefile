.PHONY: run test check bench

run:
	python3 bootstrap.py run

test:
	python3 bootstrap.py test

check:
	python3 bootstrap.py check

bench:
	python3 bootstrap.py bench
