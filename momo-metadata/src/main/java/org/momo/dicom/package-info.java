/**
 * DICOM objects, wherever they lie, as studies.
 *
 * <p>{@link org.momo.dicom.DicomSources} reads folders, files, archives and images of discs; {@link
 * org.momo.dicom.DicomReader} one header after another; {@link org.momo.dicom.DicomJson} the DICOM
 * JSON Model. {@link org.momo.dicom.DicomWriter} writes objects. Everything is bounded by {@link
 * org.momo.dicom.ReadLimits}, and everything that is skipped is a {@link
 * org.momo.study.ReadProblem}.
 */
@NullMarked
package org.momo.dicom;

import org.jspecify.annotations.NullMarked;
