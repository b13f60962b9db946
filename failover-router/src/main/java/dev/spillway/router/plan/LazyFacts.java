package dev.spillway.router.plan;

import dev.spillway.wire.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one request, read when somebody asks for them first, and never again: most requests
 * are sent without anybody asking.
 *
 * <p>Asked by the thread that serves the request, or by one after the other.
 */
public final class LazyFacts {

  /** Where a body can be read from its beginning. */
  public interface Source {

    /** Opens it; whoever opens it closes it. */
    InputStream open() throws IOException;
  }

  private final Optional<Operation> operation;
  private final Source body;
  private @Nullable RequestFacts facts;
  private @Nullable Complexity complexity;

  public LazyFacts(Optional<Operation> operation, Source body) {
    this.operation = operation;
    this.body = body;
  }

  /** The facts; none where the body cannot be read or is no JSON. Never throws. */
  public RequestFacts get() {
    RequestFacts known = facts;
    if (known == null) {
      known = read();
      facts = known;
    }
    return known;
  }

  /** How much it asks for; nothing where the body cannot be read or is no JSON. Never throws. */
  public Complexity complexity() {
    Complexity known = complexity;
    if (known == null) {
      known = measured();
      complexity = known;
    }
    return known;
  }

  private Complexity measured() {
    try (InputStream in = body.open()) {
      return ComplexityReader.read(in);
    } catch (IOException e) {
      return Complexity.NONE;
    }
  }

  private RequestFacts read() {
    try (InputStream in = body.open()) {
      return FactsReader.read(operation, in);
    } catch (IOException e) {
      return RequestFacts.none(operation);
    }
  }
}
