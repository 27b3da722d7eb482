/** What the imaging module offers to configurations. */
@NullMarked
package org.momo.imaging.plugin;

import org.jspecify.annotations.NullMarked;
