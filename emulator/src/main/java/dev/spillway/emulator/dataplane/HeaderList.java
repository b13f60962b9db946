package dev.spillway.emulator.dataplane;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The headers of an answer, in their order and spelling. */
final class HeaderList {

  private record Header(String name, String value) {}

  private final List<Header> headers = new ArrayList<>(24);

  HeaderList add(String name, String value) {
    headers.add(new Header(name, value));
    return this;
  }

  HeaderList add(String name, long value) {
    return add(name, Long.toString(value));
  }

  HeaderList addIfThere(String name, @Nullable String value) {
    return value == null ? this : add(name, value);
  }

  /** Takes the place of a header of that name, or comes last. */
  HeaderList put(String name, String value) {
    return without(name).add(name, value);
  }

  HeaderList without(String name) {
    headers.removeIf(header -> header.name().equalsIgnoreCase(name));
    return this;
  }

  void forEach(BiConsumer<String, String> consumer) {
    headers.forEach(header -> consumer.accept(header.name(), header.value()));
  }
}
