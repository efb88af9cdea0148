# The same steps as README.md and .ci/run: make the wheels, install them, run as nobody special.
FROM python:3.11-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY handlers handlers
COPY knowledge knowledge
RUN python3 -m venv /opt/motcua && /opt/motcua/bin/pip install --no-cache-dir '.[postgresql]'

FROM python:3.11-slim
COPY --from=build /opt/motcua /opt/motcua
RUN useradd --create-home --home-dir /var/lib/motcua motcua
USER motcua
WORKDIR /var/lib/motcua
VOLUME /var/lib/motcua
ENV MOTCUA_HOST=0.0.0.0 MOTCUA_PORT=8080 MOTCUA_HOOKS_HOST=0.0.0.0 MOTCUA_HOOKS_PORT=8081
EXPOSE 8080 8081
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["/opt/motcua/bin/python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
ENTRYPOINT ["/opt/motcua/bin/motcua"]
CMD ["run"]
