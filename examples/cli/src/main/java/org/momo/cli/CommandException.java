package org.momo.cli;

/** A command that cannot do what it was asked; the message is one clear sentence. */
final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1;

  CommandException(String message) {
    super(message);
  }
}
