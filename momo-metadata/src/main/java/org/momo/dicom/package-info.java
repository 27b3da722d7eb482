/** Reads files, folders and archives of DICOM into studies. */
@NullMarked
package org.momo.dicom;

import org.jspecify.annotations.NullMarked;
