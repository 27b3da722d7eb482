package org.momo.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** What a command printed, and the code that it ended with. */
record CommandRun(int code, String out, String err) {
  static CommandRun of(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = arguments[i].toString();
    }
    int code = Momo.run(new PrintWriter(out), new PrintWriter(err), texts);
    return new CommandRun(code, out.toString(), err.toString());
  }

  List<String> lines() {
    return out.lines().toList();
  }
}
