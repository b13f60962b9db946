package dev.spillway.router.quota;

/**
 * What an admitted request was charged on arrival, to be settled once it is known what it has used.
 * Only the first settlement counts; without one the estimate stays.
 */
public sealed interface Charge permits CallerAccount.Charged, Charge.Free {

  /** It has used this many tokens. */
  void used(long tokens, long now);

  /** No model has worked for it. The request itself has been made all the same. */
  default void unused(long now) {
    used(0, now);
  }

  /** Of a caller without a limit of tokens. */
  record Free() implements Charge {
    @Override
    public void used(long tokens, long now) {}
  }
}
