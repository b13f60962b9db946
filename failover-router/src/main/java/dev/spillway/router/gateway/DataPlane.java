package dev.spillway.router.gateway;

import dev.spillway.router.attempt.Reply;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.Identity;
import dev.spillway.router.telemetry.Spans;
import dev.spillway.router.trace.Refused;
import dev.spillway.router.trace.RequestId;
import dev.spillway.router.trace.Witness;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.function.Supplier;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;

/** Serves the callers: reads the call, runs it, writes the reply. */
final class DataPlane implements Handler {

  private final Supplier<Serving> current;
  private final Callers callers;
  private final UnderWay underWay;
  private final RequestId.Source ids;
  private final Witness witness;
  private final Spans spans;

  DataPlane(
      Supplier<Serving> current,
      Callers callers,
      UnderWay underWay,
      RequestId.Source ids,
      Records records) {
    this.current = current;
    this.callers = callers;
    this.underWay = underWay;
    this.ids = ids;
    this.witness = records.witness();
    this.spans = records.spans();
  }

  @Override
  public void handle(Context ctx) throws Exception {
    RequestId id = ids.next();
    ctx.res().setHeader(RouterHeaders.REQUEST_ID, id.text());
    underWay.begun(ServletContextRequest.getServletContextRequest(ctx.req()));
    Serving serving = entered();
    try {
      switch (serving
          .reader()
          .read(Incoming.of(ctx.req()), new Identity(id, spans.begin(ctx.req()::getHeader)))) {
        case Inbound.Refusal refusal -> refuse(id, refusal, ctx);
        case Inbound.Own own -> ReplyWriter.tell(own, ctx.res());
        case Inbound.Call call -> {
          try {
            serve(call.plan(), serving, ctx);
          } finally {
            call.plan().body().close();
          }
        }
      }
    } finally {
      serving.visitors().leave();
    }
  }

  private void refuse(RequestId id, Inbound.Refusal refusal, Context ctx) throws IOException {
    HttpServletRequest request = ctx.req();
    witness.refused(
        new Refused(id, request.getMethod(), request.getRequestURI(), refusal.status()));
    ReplyWriter.refuse(refusal, ctx.res());
  }

  /** What serves now; one that is replaced at this moment admits nobody any more. */
  private Serving entered() {
    Serving serving = current.get();
    while (!serving.visitors().enter()) {
      serving = current.get();
    }
    return serving;
  }

  private void serve(CallPlan call, Serving serving, Context ctx)
      throws IOException, InterruptedException {
    try (Callers.Served caller = callers.serve(connection(ctx))) {
      try {
        Reply reply = serving.loop().run(call);
        try {
          serving.writer().write(call, reply, caller, ctx.res());
        } finally {
          serving.loop().finished(reply);
        }
      } catch (InterruptedException | IOException e) {
        if (!caller.hasLeft()) {
          throw e;
        }
        caller.breakOff();
      }
    }
  }

  private static EndPoint connection(Context ctx) {
    return ServletContextRequest.getServletContextRequest(ctx.req())
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint();
  }
}
