# Emulator, router and every other command in one image. "image/build" makes what is copied here, and
# then this image; docs/containers.md says how to run it.
ARG BASE=debian:bookworm-slim
FROM ${BASE}

LABEL org.opencontainers.image.title="Spillway" \
      org.opencontainers.image.description="An emulator of Azure OpenAI with its token limits, and a router that fails over" \
      org.opencontainers.image.licenses="Apache-2.0"

COPY cli/target/image/opt /opt/spillway

# In the container both listen for others. Callers have keys all the same, and what steers them is
# closed until there is an admin-key.
ENV LANG=C.UTF-8 \
    SPILLWAY_EMULATOR_LISTEN=0.0.0.0:8080 \
    SPILLWAY_ROUTER_LISTEN=0.0.0.0:8081

WORKDIR /work
USER 10001:10001
EXPOSE 8080 8081

HEALTHCHECK --interval=15s --timeout=5s --start-period=5s CMD ["/opt/spillway/bin/spillway", "health"]

ENTRYPOINT ["/opt/spillway/bin/spillway"]
CMD ["--help"]
