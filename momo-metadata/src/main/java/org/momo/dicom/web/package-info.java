/**
 * Studies of a DICOMweb server (PS3.18): found by QIDO-RS, their headers by WADO-RS metadata, their
 * frames only when they are asked for.
 *
 * <p>{@link org.momo.dicom.web.DicomWeb} is a {@link org.momo.study.StudySource} like any other.
 * Every answer is bounded in length and time by what is set; what fails for the moment is tried
 * again, and what fails for good costs its study and is reported.
 */
@NullMarked
package org.momo.dicom.web;

import org.jspecify.annotations.NullMarked;
