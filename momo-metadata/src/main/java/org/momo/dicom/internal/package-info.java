/** How DICOM content is taken apart. Not API. */
@NullMarked
package org.momo.dicom.internal;

import org.jspecify.annotations.NullMarked;
