/** What came in: a study, its series, their instances, and what their headers say. */
@NullMarked
package org.momo.study;

import org.jspecify.annotations.NullMarked;
