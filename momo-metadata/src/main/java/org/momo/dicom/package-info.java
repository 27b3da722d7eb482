/**
 * DICOM objects, wherever they lie, as studies.
 *
 * <p>{@link org.momo.dicom.DicomSources} reads folders, files, archives and images of discs; {@link
 * org.momo.dicom.DicomReader} one header after another; {@link org.momo.dicom.DicomJson} the DICOM
 * JSON Model; {@link org.momo.dicom.web.DicomWeb} a server. {@link org.momo.dicom.DicomWriter}
 * writes objects. Everything is bounded by {@link org.momo.dicom.ReadLimits}, and everything that
 * is skipped is a {@link org.momo.study.ReadProblem}, which a {@link org.momo.study.ReadReport}
 * counts.
 *
 * <h2>Objects as they come</h2>
 *
 * What is out of the ordinary in a study has a rule here and a line in the trace of its answer; the
 * line says how many there are and nothing of the patient.
 *
 * <table>
 * <caption>Rules for what is out of the ordinary</caption>
 * <tr><th>what</th><th>rule</th></tr>
 * <tr><td>enhanced multi-frame objects</td><td>The shared functional groups, then those of the
 *     first frame, answer for the attributes that a classic object has at its top: position,
 *     orientation, spacing, windows, echo and repetition time, b-value, kernel, laterality, anatomy.
 *     What the top level states itself counts first.</td></tr>
 * <tr><td>reports (SR), presentation states (PR), key object selections (KO), segmentations (SEG),
 *     RT structures, plans and doses, registrations, raw data, waveforms, encapsulated documents,
 *     private objects without Rows</td><td>They stay in their study, in the order of their series,
 *     and are counted. They never vote, whatever their Modality and their texts say, and no layer
 *     sees their pixels. A study of nothing else is left undecided.</td></tr>
 * <tr><td>secondary captures</td><td>They are images and vote by their texts. What is marked {@code
 *     DERIVED\SECONDARY}, or called a report, a protocol or a screenshot, counts less in {@code
 *     metadata.evidence}; {@code imaging.network} leaves pictures of such kinds out.</td></tr>
 * <tr><td>localisers</td><td>They are images. Their texts count less in {@code metadata.evidence},
 *     and {@code imaging.network} leaves them out.</td></tr>
 * <tr><td>series over time, or of several echoes, b-values or parts</td><td>One series, however
 *     many images it has of a place: it votes once. For pixels it is split by orientation, Image
 *     Type, echo, b-value and part; of what repeats still, the middle step in time is
 *     taken.</td></tr>
 * <tr><td>several patients under one Study Instance UID</td><td>One study: the UID decides. The trace
 *     says how many Patient IDs it holds, for a person to look at.</td></tr>
 * <tr><td>missing UIDs</td><td>Without Study Instance UID, a series is a study; without Series
 *     Instance UID as well, so are the instances that agree in all attributes that do not name the
 *     patient. Without Series Instance UID alone, a study has one series for each Modality. Without
 *     SOP Instance UID, each instance counts.</td></tr>
 * <tr><td>duplicate UIDs</td><td>Of instances with the same SOP Instance UID in one series, one
 *     stays: that of the first place in alphabetical order, whichever came first. In another series
 *     the UID means another instance.</td></tr>
 * <tr><td>missing and wrong Modality</td><td>Where there is none, or {@code OT}, the SOP class counts
 *     if it leaves no choice. Where CT, MR or PET storage contradicts what is stated, the SOP class
 *     counts: the standard allows such an object no other Modality. A series has the Modality of
 *     most of its instances.</td></tr>
 * </table>
 */
@NullMarked
package org.momo.dicom;

import org.jspecify.annotations.NullMarked;
