package dev.spillway.router.plan;

import dev.spillway.router.body.ModelPlace;
import dev.spillway.router.body.ReplayableBody;
import org.jspecify.annotations.Nullable;

/**
 * Where a request's body names its model, looked for when somebody asks first: where the path names
 * the deployment on both sides, nobody does.
 *
 * <p>Asked by the thread that serves the request, or by one after the other.
 */
public final class LazyModel {

  private final ReplayableBody body;
  private final @Nullable String contentType;
  private @Nullable ModelPlace place;

  public LazyModel(ReplayableBody body, @Nullable String contentType) {
    this.body = body;
    this.contentType = contentType;
  }

  public ModelPlace get() {
    ModelPlace known = place;
    if (known == null) {
      known = ModelPlace.find(body, contentType);
      place = known;
    }
    return known;
  }
}
