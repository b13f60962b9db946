package dev.spillway.router.gateway;

import dev.spillway.router.attempt.AttemptLoop;
import dev.spillway.router.attempt.Reply;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** Serves the callers: reads the call, runs it, writes the reply. */
final class DataPlane implements Handler {

  private final CallReader reader;
  private final AttemptLoop loop;
  private final ReplyWriter writer;

  DataPlane(CallReader reader, AttemptLoop loop) {
    this.reader = reader;
    this.loop = loop;
    this.writer = new ReplyWriter(loop);
  }

  @Override
  public void handle(Context ctx) throws Exception {
    switch (reader.read(ctx.req())) {
      case Inbound.Refusal refusal -> ReplyWriter.refuse(refusal, ctx.res());
      case Inbound.Call call -> {
        Reply reply = loop.run(call.plan());
        writer.write(call.plan(), reply, ctx.req(), ctx.res());
      }
    }
  }
}
