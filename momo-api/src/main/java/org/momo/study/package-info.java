/**
 * What came in: a study as data, whatever read it.
 *
 * <p>A {@link org.momo.study.StudySource} yields {@link org.momo.study.Study} values; a study holds
 * {@link org.momo.study.Series}, a series holds {@link org.momo.study.Instance}, an instance holds
 * a {@link org.momo.study.Header} and, where there is any, {@link org.momo.study.PixelData} that is
 * not touched until somebody asks. No DICOM toolkit's type appears here; {@link
 * org.momo.study.Header#of} bridges to any of them.
 */
@NullMarked
package org.momo.study;

import org.jspecify.annotations.NullMarked;
