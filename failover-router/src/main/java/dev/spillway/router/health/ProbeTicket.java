package dev.spillway.router.health;

/** The right to send one request to a backend; whoever has it closes it when it is answered. */
public interface ProbeTicket {

  /** For a backend that asks for none. */
  ProbeTicket NONE_NEEDED = () -> {};

  void close();
}
