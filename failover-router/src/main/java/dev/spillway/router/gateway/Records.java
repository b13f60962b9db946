package dev.spillway.router.gateway;

import dev.spillway.router.ledger.Ledger;
import dev.spillway.router.log.RequestLog;
import dev.spillway.router.metrics.RouterMetrics;
import dev.spillway.router.telemetry.Spans;
import dev.spillway.router.trace.TraceRing;
import dev.spillway.router.trace.Witness;
import java.util.List;

/** All that is kept of requests; it outlives a reload. */
public record Records(
    TraceRing traces, RouterMetrics metrics, Ledger ledger, RequestLog log, Spans spans) {

  /** Who must be told of every request. */
  public Witness witness() {
    return Witness.all(List.of(traces, metrics, ledger, log, spans));
  }
}
