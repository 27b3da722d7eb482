/** What an evaluation found, as a page to read and print and as tables for further work. */
@NullMarked
package org.momo.evaluation.report;

import org.jspecify.annotations.NullMarked;
