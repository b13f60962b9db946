package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.inference.ImageAnswer;
import dev.spillway.emulator.media.PictureFormat;
import dev.spillway.time.TimeSource;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;

/**
 * Where pictures are fetched that an answer gave a URL for, in the place of Azure's blob storage:
 * without a key, until the URL's time is over.
 */
final class PictureDoor {

  private static final String PATH = "/emulator-images/";
  private static final String XML = "application/xml";

  private final PictureStore store;
  private final ReplySender sender;

  PictureDoor(TimeSource time, ReplySender sender) {
    this.store = new PictureStore(time);
    this.sender = sender;
  }

  void addTo(RoutesConfig routes) {
    routes.addHttpHandler(HandlerType.GET, PATH + "{id}/{file}", this::fetch);
  }

  /** Keeps a picture, and says where it is, as the caller reached the emulator. */
  String keep(Arrival arrival, ImageAnswer.Picture picture, PictureFormat format, int number) {
    String id = arrival.exchange().seed().guid("picture-" + number);
    PictureStore.Kept kept = store.add(id, picture.file(), format.contentType());
    String expiry = kept.expiry().truncatedTo(ChronoUnit.SECONDS).toString();
    return "%s://%s%s%s/generated_%02d.%s?se=%s&sp=r&sr=b"
        .formatted(
            arrival.ctx().req().getScheme(),
            host(arrival.ctx().req()),
            PATH,
            id,
            number,
            format.onTheWire(),
            URLEncoder.encode(expiry, StandardCharsets.UTF_8));
  }

  private static String host(HttpServletRequest request) {
    String host = request.getHeader("Host");
    return host != null && !host.isBlank()
        ? host
        : request.getServerName() + ":" + request.getServerPort();
  }

  private void fetch(Context ctx) throws IOException {
    PictureStore.Kept kept = store.find(ctx.pathParam("id"));
    if (kept == null) {
      sender.send(ctx, refusal(404, "BlobNotFound", "The specified blob does not exist."));
    } else if (store.isOver(kept)) {
      sender.send(
          ctx,
          refusal(
              403,
              "AuthenticationFailed",
              "Server failed to authenticate the request. The URL of this picture has expired."));
    } else {
      sender.send(
          ctx, new Reply(200, null, new HeaderList(), kept.contentType(), false, kept.file()));
    }
  }

  private static Reply refusal(int status, String code, String message) {
    String body =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>%s</Code><Message>%s</Message></Error>"
            .formatted(code, message);
    HeaderList headers = new HeaderList().add("x-ms-error-code", code);
    return new Reply(status, null, headers, XML, false, body.getBytes(StandardCharsets.UTF_8));
  }
}
