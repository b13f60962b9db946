package dev.spillway.router.plan;

/** Whether a request concerns something that is at one backend only. */
public sealed interface Stay {

  /** It does not, so any backend of the pool serves it. */
  record Anywhere() implements Stay {}

  /** It is known where. */
  record With(String id, String backend) implements Stay {}

  /** It is not known where: the backends are asked until one knows it. */
  record Search(String id) implements Stay {}
}
