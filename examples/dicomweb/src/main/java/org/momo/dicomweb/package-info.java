/** Classifies what a DICOMweb server holds, and compares that with the same files on a disk. */
@NullMarked
package org.momo.dicomweb;

import org.jspecify.annotations.NullMarked;
