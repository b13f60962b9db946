package dev.spillway.emulator.inference;

import dev.spillway.emulator.filter.Annotation;
import dev.spillway.emulator.filter.Verdict;
import dev.spillway.emulator.inference.AnswerStream.Piece;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A completion that is sent token by token, while the content filter follows: every {@value
 * Moderation#STEP} characters and at the end it tells what it has read, one filter after the other.
 */
final class PiecesReadWhileSent implements Pieces {

  private static final Verdict PENDING = new Verdict.Pending();

  private final int index;
  private final Choice choice;
  private final long promptCharacters;
  private final Iterator<String> tokens;
  private final Iterator<Piece> calls;
  private final ArrayDeque<Piece> ready = new ArrayDeque<>();
  private int characters;
  private boolean ended;

  PiecesReadWhileSent(int index, Choice choice, long promptCharacters) {
    this.index = index;
    this.choice = choice;
    this.promptCharacters = promptCharacters;
    this.tokens = choice.draft().tokens().iterator();
    this.calls = Pieces.calls(index, choice.draft(), PENDING);
    ready.add(new Piece.Start(index, PENDING));
  }

  @Override
  public Optional<Piece> next() {
    if (ready.isEmpty() && !ended) {
      if (tokens.hasNext()) {
        token(tokens.next());
      } else if (calls.hasNext()) {
        ready.add(calls.next());
      } else {
        end();
      }
    }
    return Optional.ofNullable(ready.poll());
  }

  private void token(String text) {
    int before = characters;
    characters += text.length();
    ready.add(new Piece.Token(index, text, PENDING));
    boolean reads = characters / Moderation.STEP > before / Moderation.STEP;
    if (reads && (tokens.hasNext() || !choice.blocked())) {
      read(characters / Moderation.STEP * Moderation.STEP, null);
    }
  }

  private void end() {
    ended = true;
    String finishReason = choice.draft().finishReason().onTheWire();
    if (choice.blocked()) {
      read(characters, finishReason);
    } else {
      ready.add(new Piece.End(index, finishReason, PENDING));
      read(characters, null);
    }
  }

  private void read(int upTo, @Nullable String finishReason) {
    switch (choice.filter().upTo(upTo)) {
      case Verdict.Passed passed -> tell(passed.annotations(), upTo, finishReason);
      case Verdict.Blocked blocked -> tell(blocked.annotations(), upTo, finishReason);
      case Verdict.Unfiltered unfiltered -> {}
      case Verdict.Pending pending -> {}
    }
  }

  /** What passed first, and what is blocked last, since a blocked stream ends with it. */
  private void tell(List<Annotation> annotations, int upTo, @Nullable String finishReason) {
    List<List<Annotation>> byFilter = byFilter(annotations);
    byFilter.stream()
        .filter(group -> !isFiltered(group))
        .forEach(group -> ready.add(reading(new Verdict.Passed(group), upTo, null)));
    List<List<Annotation>> blocked =
        byFilter.stream().filter(PiecesReadWhileSent::isFiltered).toList();
    for (int i = 0; i < blocked.size(); i++) {
      boolean last = i == blocked.size() - 1;
      ready.add(reading(new Verdict.Blocked(blocked.get(i)), upTo, last ? finishReason : null));
    }
  }

  private Piece reading(Verdict verdict, int upTo, @Nullable String finishReason) {
    return new Piece.Reading(
        index, verdict, promptCharacters, promptCharacters + upTo, finishReason);
  }

  private static boolean isFiltered(List<Annotation> group) {
    return group.stream().anyMatch(Annotation::filtered);
  }

  /** The severities together, the blocklists together, and every other filter by itself. */
  private static List<List<Annotation>> byFilter(List<Annotation> annotations) {
    List<Annotation> graded = new ArrayList<>();
    List<Annotation> listed = new ArrayList<>();
    List<List<Annotation>> others = new ArrayList<>();
    for (Annotation annotation : annotations) {
      switch (annotation) {
        case Annotation.Graded of -> graded.add(of);
        case Annotation.Listed of -> listed.add(of);
        case Annotation.Detected of -> others.add(List.of(of));
      }
    }
    others.addFirst(listed);
    others.addFirst(graded);
    others.removeIf(List::isEmpty);
    return others;
  }
}
