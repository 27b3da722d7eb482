/** MOMO on the command line: one class for each command, {@link org.momo.cli.Momo} above them. */
@NullMarked
package org.momo.cli;

import org.jspecify.annotations.NullMarked;
