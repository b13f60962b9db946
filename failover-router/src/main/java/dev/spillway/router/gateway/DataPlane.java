package dev.spillway.router.gateway;

import dev.spillway.router.attempt.AttemptLoop;
import dev.spillway.router.attempt.Reply;
import dev.spillway.router.plan.CallPlan;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;

/** Serves the callers: reads the call, runs it, writes the reply. */
final class DataPlane implements Handler {

  private final CallReader reader;
  private final AttemptLoop loop;
  private final ReplyWriter writer;
  private final CallerWatch callers;

  DataPlane(CallReader reader, AttemptLoop loop, CallerWatch callers) {
    this.reader = reader;
    this.loop = loop;
    this.writer = new ReplyWriter(loop);
    this.callers = callers;
  }

  @Override
  public void handle(Context ctx) throws Exception {
    switch (reader.read(ctx.req())) {
      case Inbound.Refusal refusal -> ReplyWriter.refuse(refusal, ctx.res());
      case Inbound.Call call -> serve(call.plan(), ctx);
    }
  }

  private void serve(CallPlan call, Context ctx) throws IOException, InterruptedException {
    try (CallerWatch.Served caller = callers.serve(ctx.req())) {
      try {
        Reply reply = loop.run(call);
        try {
          writer.write(call, reply, caller, ctx.res());
        } finally {
          loop.finished(reply);
        }
      } catch (InterruptedException | IOException e) {
        if (!caller.hasLeft()) {
          throw e;
        }
        caller.breakOff();
      }
    }
  }
}
