package org.momo.study;

import java.util.Locale;

/**
 * The tags that MOMO reads, by their keyword in PS3.6, and how a tag is written.
 *
 * <p>This class is immutable.
 */
public final class Tag {

  /** TransferSyntaxUID (0002,0010). */
  public static final int TRANSFER_SYNTAX_UID = 0x00020010;

  /** DirectoryRecordSequence (0004,1220). */
  public static final int DIRECTORY_RECORD_SEQUENCE = 0x00041220;

  /** DirectoryRecordType (0004,1430). */
  public static final int DIRECTORY_RECORD_TYPE = 0x00041430;

  /** ReferencedFileID (0004,1500). */
  public static final int REFERENCED_FILE_ID = 0x00041500;

  /** SpecificCharacterSet (0008,0005). */
  public static final int SPECIFIC_CHARACTER_SET = 0x00080005;

  /** ImageType (0008,0008). */
  public static final int IMAGE_TYPE = 0x00080008;

  /** SOPClassUID (0008,0016). */
  public static final int SOP_CLASS_UID = 0x00080016;

  /** SOPInstanceUID (0008,0018). */
  public static final int SOP_INSTANCE_UID = 0x00080018;

  /** StudyDate (0008,0020). */
  public static final int STUDY_DATE = 0x00080020;

  /** AccessionNumber (0008,0050). */
  public static final int ACCESSION_NUMBER = 0x00080050;

  /** Modality (0008,0060). */
  public static final int MODALITY = 0x00080060;

  /** ModalitiesInStudy (0008,0061). */
  public static final int MODALITIES_IN_STUDY = 0x00080061;

  /** ConversionType (0008,0064). */
  public static final int CONVERSION_TYPE = 0x00080064;

  /** Manufacturer (0008,0070). */
  public static final int MANUFACTURER = 0x00080070;

  /** CodeValue (0008,0100). */
  public static final int CODE_VALUE = 0x00080100;

  /** CodingSchemeDesignator (0008,0102). */
  public static final int CODING_SCHEME_DESIGNATOR = 0x00080102;

  /** CodeMeaning (0008,0104). */
  public static final int CODE_MEANING = 0x00080104;

  /** LongCodeValue (0008,0119). */
  public static final int LONG_CODE_VALUE = 0x00080119;

  /** URNCodeValue (0008,0120). */
  public static final int URN_CODE_VALUE = 0x00080120;

  /** StudyDescription (0008,1030). */
  public static final int STUDY_DESCRIPTION = 0x00081030;

  /** ProcedureCodeSequence (0008,1032). */
  public static final int PROCEDURE_CODE_SEQUENCE = 0x00081032;

  /** SeriesDescription (0008,103E). */
  public static final int SERIES_DESCRIPTION = 0x0008103E;

  /** SeriesDescriptionCodeSequence (0008,103F). */
  public static final int SERIES_DESCRIPTION_CODE_SEQUENCE = 0x0008103F;

  /** ManufacturerModelName (0008,1090). */
  public static final int MANUFACTURER_MODEL_NAME = 0x00081090;

  /** ReferencedPerformedProcedureStepSequence (0008,1111). */
  public static final int REFERENCED_PERFORMED_PROCEDURE_STEP_SEQUENCE = 0x00081111;

  /** ReferencedImageSequence (0008,1140). */
  public static final int REFERENCED_IMAGE_SEQUENCE = 0x00081140;

  /** SourceImageSequence (0008,2112). */
  public static final int SOURCE_IMAGE_SEQUENCE = 0x00082112;

  /** StageName (0008,2120). */
  public static final int STAGE_NAME = 0x00082120;

  /** NumberOfStages (0008,2124). */
  public static final int NUMBER_OF_STAGES = 0x00082124;

  /** ViewName (0008,2127). */
  public static final int VIEW_NAME = 0x00082127;

  /** AnatomicRegionSequence (0008,2218). */
  public static final int ANATOMIC_REGION_SEQUENCE = 0x00082218;

  /** AnatomicRegionModifierSequence (0008,2220). */
  public static final int ANATOMIC_REGION_MODIFIER_SEQUENCE = 0x00082220;

  /** PrimaryAnatomicStructureSequence (0008,2228). */
  public static final int PRIMARY_ANATOMIC_STRUCTURE_SEQUENCE = 0x00082228;

  /** FrameType (0008,9007). */
  public static final int FRAME_TYPE = 0x00089007;

  /** VolumetricProperties (0008,9206). */
  public static final int VOLUMETRIC_PROPERTIES = 0x00089206;

  /** AcquisitionContrast (0008,9209). */
  public static final int ACQUISITION_CONTRAST = 0x00089209;

  /** PatientName (0010,0010). */
  public static final int PATIENT_NAME = 0x00100010;

  /** PatientID (0010,0020). */
  public static final int PATIENT_ID = 0x00100020;

  /** PatientSex (0010,0040). */
  public static final int PATIENT_SEX = 0x00100040;

  /** PatientAge (0010,1010). */
  public static final int PATIENT_AGE = 0x00101010;

  /** PregnancyStatus (0010,21C0). */
  public static final int PREGNANCY_STATUS = 0x001021C0;

  /** PatientSpeciesDescription (0010,2201). */
  public static final int PATIENT_SPECIES_DESCRIPTION = 0x00102201;

  /** PatientSpeciesCodeSequence (0010,2202). */
  public static final int PATIENT_SPECIES_CODE_SEQUENCE = 0x00102202;

  /** PatientBreedDescription (0010,2292). */
  public static final int PATIENT_BREED_DESCRIPTION = 0x00102292;

  /** PatientBreedCodeSequence (0010,2293). */
  public static final int PATIENT_BREED_CODE_SEQUENCE = 0x00102293;

  /** PatientIdentityRemoved (0012,0062). */
  public static final int PATIENT_IDENTITY_REMOVED = 0x00120062;

  /** ContrastBolusAgent (0018,0010). */
  public static final int CONTRAST_BOLUS_AGENT = 0x00180010;

  /** ContrastBolusAgentSequence (0018,0012). */
  public static final int CONTRAST_BOLUS_AGENT_SEQUENCE = 0x00180012;

  /** BodyPartExamined (0018,0015). */
  public static final int BODY_PART_EXAMINED = 0x00180015;

  /** ScanningSequence (0018,0020). */
  public static final int SCANNING_SEQUENCE = 0x00180020;

  /** ScanOptions (0018,0022). */
  public static final int SCAN_OPTIONS = 0x00180022;

  /** SequenceName (0018,0024). */
  public static final int SEQUENCE_NAME = 0x00180024;

  /** Radiopharmaceutical (0018,0031). */
  public static final int RADIOPHARMACEUTICAL = 0x00180031;

  /** CineRate (0018,0040). */
  public static final int CINE_RATE = 0x00180040;

  /** SliceThickness (0018,0050). */
  public static final int SLICE_THICKNESS = 0x00180050;

  /** KVP (0018,0060). */
  public static final int KVP = 0x00180060;

  /** RepetitionTime (0018,0080). */
  public static final int REPETITION_TIME = 0x00180080;

  /** EchoTime (0018,0081). */
  public static final int ECHO_TIME = 0x00180081;

  /** InversionTime (0018,0082). */
  public static final int INVERSION_TIME = 0x00180082;

  /** EchoNumbers (0018,0086). */
  public static final int ECHO_NUMBERS = 0x00180086;

  /** SpacingBetweenSlices (0018,0088). */
  public static final int SPACING_BETWEEN_SLICES = 0x00180088;

  /** DataCollectionDiameter (0018,0090). */
  public static final int DATA_COLLECTION_DIAMETER = 0x00180090;

  /** DeviceSerialNumber (0018,1000). */
  public static final int DEVICE_SERIAL_NUMBER = 0x00181000;

  /** ProtocolName (0018,1030). */
  public static final int PROTOCOL_NAME = 0x00181030;

  /** TriggerTime (0018,1060). */
  public static final int TRIGGER_TIME = 0x00181060;

  /** FrameTime (0018,1063). */
  public static final int FRAME_TIME = 0x00181063;

  /** HeartRate (0018,1088). */
  public static final int HEART_RATE = 0x00181088;

  /** CardiacNumberOfImages (0018,1090). */
  public static final int CARDIAC_NUMBER_OF_IMAGES = 0x00181090;

  /** ReconstructionDiameter (0018,1100). */
  public static final int RECONSTRUCTION_DIAMETER = 0x00181100;

  /** DistanceSourceToDetector (0018,1110). */
  public static final int DISTANCE_SOURCE_TO_DETECTOR = 0x00181110;

  /** GantryDetectorTilt (0018,1120). */
  public static final int GANTRY_DETECTOR_TILT = 0x00181120;

  /** ExposureTime (0018,1150). */
  public static final int EXPOSURE_TIME = 0x00181150;

  /** XRayTubeCurrent (0018,1151). */
  public static final int XRAY_TUBE_CURRENT = 0x00181151;

  /** FilterType (0018,1160). */
  public static final int FILTER_TYPE = 0x00181160;

  /** ImagerPixelSpacing (0018,1164). */
  public static final int IMAGER_PIXEL_SPACING = 0x00181164;

  /** ConvolutionKernel (0018,1210). */
  public static final int CONVOLUTION_KERNEL = 0x00181210;

  /** ReceiveCoilName (0018,1250). */
  public static final int RECEIVE_COIL_NAME = 0x00181250;

  /** TransmitCoilName (0018,1251). */
  public static final int TRANSMIT_COIL_NAME = 0x00181251;

  /** AcquisitionDeviceProcessingDescription (0018,1400). */
  public static final int ACQUISITION_DEVICE_PROCESSING_DESCRIPTION = 0x00181400;

  /** TransducerData (0018,5010). */
  public static final int TRANSDUCER_DATA = 0x00185010;

  /** RegionSpatialFormat (0018,6012). */
  public static final int REGION_SPATIAL_FORMAT = 0x00186012;

  /** RegionDataType (0018,6014). */
  public static final int REGION_DATA_TYPE = 0x00186014;

  /** TransducerType (0018,6031). */
  public static final int TRANSDUCER_TYPE = 0x00186031;

  /** TableSpeed (0018,9309). */
  public static final int TABLE_SPEED = 0x00189309;

  /** AcquisitionDeviceProcessingCode (0018,1401). */
  public static final int ACQUISITION_DEVICE_PROCESSING_CODE = 0x00181401;

  /** RelativeXRayExposure (0018,1405). */
  public static final int RELATIVE_XRAY_EXPOSURE = 0x00181405;

  /** PositionerPrimaryAngle (0018,1510). */
  public static final int POSITIONER_PRIMARY_ANGLE = 0x00181510;

  /** PositionerSecondaryAngle (0018,1511). */
  public static final int POSITIONER_SECONDARY_ANGLE = 0x00181511;

  /** ProcessingFunction (0018,5020). */
  public static final int PROCESSING_FUNCTION = 0x00185020;

  /** PatientPosition (0018,5100). */
  public static final int PATIENT_POSITION = 0x00185100;

  /** ViewPosition (0018,5101). */
  public static final int VIEW_POSITION = 0x00185101;

  /** SequenceOfUltrasoundRegions (0018,6011). */
  public static final int SEQUENCE_OF_ULTRASOUND_REGIONS = 0x00186011;

  /** ContentQualification (0018,9004). */
  public static final int CONTENT_QUALIFICATION = 0x00189004;

  /** CardiacSynchronizationTechnique (0018,9037). */
  public static final int CARDIAC_SYNCHRONIZATION_TECHNIQUE = 0x00189037;

  /** MRReceiveCoilSequence (0018,9042). */
  public static final int MR_RECEIVE_COIL_SEQUENCE = 0x00189042;

  /** DiffusionBValue (0018,9087). */
  public static final int DIFFUSION_B_VALUE = 0x00189087;

  /** DataCollectionCenterPatient (0018,9313). */
  public static final int DATA_COLLECTION_CENTER_PATIENT = 0x00189313;

  /** ReconstructionTargetCenterPatient (0018,9318). */
  public static final int RECONSTRUCTION_TARGET_CENTER_PATIENT = 0x00189318;

  /** ExposureTimeInms (0018,9328). */
  public static final int EXPOSURE_TIME_IN_MS = 0x00189328;

  /** ContrastBolusUsageSequence (0018,9341). */
  public static final int CONTRAST_BOLUS_USAGE_SEQUENCE = 0x00189341;

  /** CTDIvol (0018,9345). */
  public static final int CTDI_VOL = 0x00189345;

  /** CTDIPhantomTypeCodeSequence (0018,9346). */
  public static final int CTDI_PHANTOM_TYPE_CODE_SEQUENCE = 0x00189346;

  /** PositionReferenceIndicator (0020,1040). */
  public static final int POSITION_REFERENCE_INDICATOR = 0x00201040;

  /** FrameLaterality (0020,9072). */
  public static final int FRAME_LATERALITY = 0x00209072;

  /** StudyInstanceUID (0020,000D). */
  public static final int STUDY_INSTANCE_UID = 0x0020000D;

  /** SeriesInstanceUID (0020,000E). */
  public static final int SERIES_INSTANCE_UID = 0x0020000E;

  /** StudyID (0020,0010). */
  public static final int STUDY_ID = 0x00200010;

  /** SeriesNumber (0020,0011). */
  public static final int SERIES_NUMBER = 0x00200011;

  /** AcquisitionNumber (0020,0012). */
  public static final int ACQUISITION_NUMBER = 0x00200012;

  /** InstanceNumber (0020,0013). */
  public static final int INSTANCE_NUMBER = 0x00200013;

  /** ImagePositionPatient (0020,0032). */
  public static final int IMAGE_POSITION_PATIENT = 0x00200032;

  /** ImageOrientationPatient (0020,0037). */
  public static final int IMAGE_ORIENTATION_PATIENT = 0x00200037;

  /** FrameOfReferenceUID (0020,0052). */
  public static final int FRAME_OF_REFERENCE_UID = 0x00200052;

  /** Laterality (0020,0060). */
  public static final int LATERALITY = 0x00200060;

  /** ImageLaterality (0020,0062). */
  public static final int IMAGE_LATERALITY = 0x00200062;

  /** TemporalPositionIdentifier (0020,0100). */
  public static final int TEMPORAL_POSITION_IDENTIFIER = 0x00200100;

  /** ImageComments (0020,4000). */
  public static final int IMAGE_COMMENTS = 0x00204000;

  /** StackID (0020,9056). */
  public static final int STACK_ID = 0x00209056;

  /** InStackPositionNumber (0020,9057). */
  public static final int IN_STACK_POSITION_NUMBER = 0x00209057;

  /** FrameAnatomySequence (0020,9071). */
  public static final int FRAME_ANATOMY_SEQUENCE = 0x00209071;

  /** FrameContentSequence (0020,9111). */
  public static final int FRAME_CONTENT_SEQUENCE = 0x00209111;

  /** PlanePositionSequence (0020,9113). */
  public static final int PLANE_POSITION_SEQUENCE = 0x00209113;

  /** PlaneOrientationSequence (0020,9116). */
  public static final int PLANE_ORIENTATION_SEQUENCE = 0x00209116;

  /** TemporalPositionIndex (0020,9128). */
  public static final int TEMPORAL_POSITION_INDEX = 0x00209128;

  /** DimensionIndexValues (0020,9157). */
  public static final int DIMENSION_INDEX_VALUES = 0x00209157;

  /** SamplesPerPixel (0028,0002). */
  public static final int SAMPLES_PER_PIXEL = 0x00280002;

  /** PhotometricInterpretation (0028,0004). */
  public static final int PHOTOMETRIC_INTERPRETATION = 0x00280004;

  /** PlanarConfiguration (0028,0006). */
  public static final int PLANAR_CONFIGURATION = 0x00280006;

  /** NumberOfFrames (0028,0008). */
  public static final int NUMBER_OF_FRAMES = 0x00280008;

  /** FrameIncrementPointer (0028,0009). */
  public static final int FRAME_INCREMENT_POINTER = 0x00280009;

  /** Rows (0028,0010). */
  public static final int ROWS = 0x00280010;

  /** Columns (0028,0011). */
  public static final int COLUMNS = 0x00280011;

  /** PixelSpacing (0028,0030). */
  public static final int PIXEL_SPACING = 0x00280030;

  /** PixelAspectRatio (0028,0034). */
  public static final int PIXEL_ASPECT_RATIO = 0x00280034;

  /** BitsAllocated (0028,0100). */
  public static final int BITS_ALLOCATED = 0x00280100;

  /** BitsStored (0028,0101). */
  public static final int BITS_STORED = 0x00280101;

  /** HighBit (0028,0102). */
  public static final int HIGH_BIT = 0x00280102;

  /** PixelRepresentation (0028,0103). */
  public static final int PIXEL_REPRESENTATION = 0x00280103;

  /** PixelPaddingValue (0028,0120). */
  public static final int PIXEL_PADDING_VALUE = 0x00280120;

  /** PixelPaddingRangeLimit (0028,0121). */
  public static final int PIXEL_PADDING_RANGE_LIMIT = 0x00280121;

  /** QualityControlImage (0028,0300). */
  public static final int QUALITY_CONTROL_IMAGE = 0x00280300;

  /** BurnedInAnnotation (0028,0301). */
  public static final int BURNED_IN_ANNOTATION = 0x00280301;

  /** WindowCenter (0028,1050). */
  public static final int WINDOW_CENTER = 0x00281050;

  /** WindowWidth (0028,1051). */
  public static final int WINDOW_WIDTH = 0x00281051;

  /** RescaleIntercept (0028,1052). */
  public static final int RESCALE_INTERCEPT = 0x00281052;

  /** RescaleSlope (0028,1053). */
  public static final int RESCALE_SLOPE = 0x00281053;

  /** RescaleType (0028,1054). */
  public static final int RESCALE_TYPE = 0x00281054;

  /** WindowCenterWidthExplanation (0028,1055). */
  public static final int WINDOW_CENTER_WIDTH_EXPLANATION = 0x00281055;

  /** RedPaletteColorLookupTableDescriptor (0028,1101). */
  public static final int RED_PALETTE_COLOR_LOOKUP_TABLE_DESCRIPTOR = 0x00281101;

  /** GreenPaletteColorLookupTableDescriptor (0028,1102). */
  public static final int GREEN_PALETTE_COLOR_LOOKUP_TABLE_DESCRIPTOR = 0x00281102;

  /** BluePaletteColorLookupTableDescriptor (0028,1103). */
  public static final int BLUE_PALETTE_COLOR_LOOKUP_TABLE_DESCRIPTOR = 0x00281103;

  /** RedPaletteColorLookupTableData (0028,1201). */
  public static final int RED_PALETTE_COLOR_LOOKUP_TABLE_DATA = 0x00281201;

  /** GreenPaletteColorLookupTableData (0028,1202). */
  public static final int GREEN_PALETTE_COLOR_LOOKUP_TABLE_DATA = 0x00281202;

  /** BluePaletteColorLookupTableData (0028,1203). */
  public static final int BLUE_PALETTE_COLOR_LOOKUP_TABLE_DATA = 0x00281203;

  /** SegmentedRedPaletteColorLookupTableData (0028,1221). */
  public static final int SEGMENTED_RED_PALETTE_COLOR_LOOKUP_TABLE_DATA = 0x00281221;

  /** SegmentedGreenPaletteColorLookupTableData (0028,1222). */
  public static final int SEGMENTED_GREEN_PALETTE_COLOR_LOOKUP_TABLE_DATA = 0x00281222;

  /** SegmentedBluePaletteColorLookupTableData (0028,1223). */
  public static final int SEGMENTED_BLUE_PALETTE_COLOR_LOOKUP_TABLE_DATA = 0x00281223;

  /** LossyImageCompression (0028,2110). */
  public static final int LOSSY_IMAGE_COMPRESSION = 0x00282110;

  /** ModalityLUTSequence (0028,3000). */
  public static final int MODALITY_LUT_SEQUENCE = 0x00283000;

  /** LUTDescriptor (0028,3002). */
  public static final int LUT_DESCRIPTOR = 0x00283002;

  /** LUTData (0028,3006). */
  public static final int LUT_DATA = 0x00283006;

  /** PixelMeasuresSequence (0028,9110). */
  public static final int PIXEL_MEASURES_SEQUENCE = 0x00289110;

  /** PixelValueTransformationSequence (0028,9145). */
  public static final int PIXEL_VALUE_TRANSFORMATION_SEQUENCE = 0x00289145;

  /** RequestedProcedureDescription (0032,1060). */
  public static final int REQUESTED_PROCEDURE_DESCRIPTION = 0x00321060;

  /** RequestedProcedureCodeSequence (0032,1064). */
  public static final int REQUESTED_PROCEDURE_CODE_SEQUENCE = 0x00321064;

  /** StudyComments (0032,4000). */
  public static final int STUDY_COMMENTS = 0x00324000;

  /** ScheduledProcedureStepDescription (0040,0007). */
  public static final int SCHEDULED_PROCEDURE_STEP_DESCRIPTION = 0x00400007;

  /** ScheduledProtocolCodeSequence (0040,0008). */
  public static final int SCHEDULED_PROTOCOL_CODE_SEQUENCE = 0x00400008;

  /** PerformedProcedureStepDescription (0040,0254). */
  public static final int PERFORMED_PROCEDURE_STEP_DESCRIPTION = 0x00400254;

  /** PerformedProtocolCodeSequence (0040,0260). */
  public static final int PERFORMED_PROTOCOL_CODE_SEQUENCE = 0x00400260;

  /** RequestAttributesSequence (0040,0275). */
  public static final int REQUEST_ATTRIBUTES_SEQUENCE = 0x00400275;

  /** CommentsOnThePerformedProcedureStep (0040,0280). */
  public static final int COMMENTS_ON_THE_PERFORMED_PROCEDURE_STEP = 0x00400280;

  /** AcquisitionContextSequence (0040,0555). */
  public static final int ACQUISITION_CONTEXT_SEQUENCE = 0x00400555;

  /** ConceptNameCodeSequence (0040,A043). */
  public static final int CONCEPT_NAME_CODE_SEQUENCE = 0x0040A043;

  /** ContentSequence (0040,A730). */
  public static final int CONTENT_SEQUENCE = 0x0040A730;

  /** DocumentTitle (0042,0010). */
  public static final int DOCUMENT_TITLE = 0x00420010;

  /** CalibrationImage (0050,0004). */
  public static final int CALIBRATION_IMAGE = 0x00500004;

  /** RadiopharmaceuticalInformationSequence (0054,0016). */
  public static final int RADIOPHARMACEUTICAL_INFORMATION_SEQUENCE = 0x00540016;

  /** NumberOfSlices (0054,0081). */
  public static final int NUMBER_OF_SLICES = 0x00540081;

  /** ViewCodeSequence (0054,0220). */
  public static final int VIEW_CODE_SEQUENCE = 0x00540220;

  /** ViewModifierCodeSequence (0054,0222). */
  public static final int VIEW_MODIFIER_CODE_SEQUENCE = 0x00540222;

  /** RadiopharmaceuticalCodeSequence (0054,0304). */
  public static final int RADIOPHARMACEUTICAL_CODE_SEQUENCE = 0x00540304;

  /** SeriesType (0054,1000). */
  public static final int SERIES_TYPE = 0x00541000;

  /** Units (0054,1001). */
  public static final int UNITS = 0x00541001;

  /** SharedFunctionalGroupsSequence (5200,9229). */
  public static final int SHARED_FUNCTIONAL_GROUPS_SEQUENCE = 0x52009229;

  /** PerFrameFunctionalGroupsSequence (5200,9230). */
  public static final int PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE = 0x52009230;

  /** ExtendedOffsetTable (7FE0,0001). */
  public static final int EXTENDED_OFFSET_TABLE = 0x7FE00001;

  /** ExtendedOffsetTableLengths (7FE0,0002). */
  public static final int EXTENDED_OFFSET_TABLE_LENGTHS = 0x7FE00002;

  /** FloatPixelData (7FE0,0008). */
  public static final int FLOAT_PIXEL_DATA = 0x7FE00008;

  /** DoubleFloatPixelData (7FE0,0009). */
  public static final int DOUBLE_FLOAT_PIXEL_DATA = 0x7FE00009;

  /** PixelData (7FE0,0010). */
  public static final int PIXEL_DATA = 0x7FE00010;

  private Tag() {}

  /**
   * Writes a tag as the standard does.
   *
   * @param tag group and element
   * @return for instance {@code (0008,1030)}
   */
  public static String format(int tag) {
    return String.format(Locale.ROOT, "(%04X,%04X)", tag >>> 16, tag & 0xFFFF);
  }

  /**
   * The keyword of a tag of this class.
   *
   * @param tag group and element
   * @return the keyword of PS3.6, such as {@code StudyDescription}; for a tag that this class does
   *     not name, what {@link #format} gives
   */
  public static String keyword(int tag) {
    return switch (tag) {
      case TRANSFER_SYNTAX_UID -> "TransferSyntaxUID";
      case DIRECTORY_RECORD_SEQUENCE -> "DirectoryRecordSequence";
      case DIRECTORY_RECORD_TYPE -> "DirectoryRecordType";
      case REFERENCED_FILE_ID -> "ReferencedFileID";
      case SPECIFIC_CHARACTER_SET -> "SpecificCharacterSet";
      case IMAGE_TYPE -> "ImageType";
      case SOP_CLASS_UID -> "SOPClassUID";
      case SOP_INSTANCE_UID -> "SOPInstanceUID";
      case STUDY_DATE -> "StudyDate";
      case ACCESSION_NUMBER -> "AccessionNumber";
      case MODALITY -> "Modality";
      case MODALITIES_IN_STUDY -> "ModalitiesInStudy";
      case CONVERSION_TYPE -> "ConversionType";
      case MANUFACTURER -> "Manufacturer";
      case CODE_VALUE -> "CodeValue";
      case CODING_SCHEME_DESIGNATOR -> "CodingSchemeDesignator";
      case CODE_MEANING -> "CodeMeaning";
      case LONG_CODE_VALUE -> "LongCodeValue";
      case URN_CODE_VALUE -> "URNCodeValue";
      case STUDY_DESCRIPTION -> "StudyDescription";
      case PROCEDURE_CODE_SEQUENCE -> "ProcedureCodeSequence";
      case SERIES_DESCRIPTION -> "SeriesDescription";
      case SERIES_DESCRIPTION_CODE_SEQUENCE -> "SeriesDescriptionCodeSequence";
      case MANUFACTURER_MODEL_NAME -> "ManufacturerModelName";
      case REFERENCED_PERFORMED_PROCEDURE_STEP_SEQUENCE ->
          "ReferencedPerformedProcedureStepSequence";
      case REFERENCED_IMAGE_SEQUENCE -> "ReferencedImageSequence";
      case SOURCE_IMAGE_SEQUENCE -> "SourceImageSequence";
      case STAGE_NAME -> "StageName";
      case NUMBER_OF_STAGES -> "NumberOfStages";
      case VIEW_NAME -> "ViewName";
      case ANATOMIC_REGION_SEQUENCE -> "AnatomicRegionSequence";
      case ANATOMIC_REGION_MODIFIER_SEQUENCE -> "AnatomicRegionModifierSequence";
      case PRIMARY_ANATOMIC_STRUCTURE_SEQUENCE -> "PrimaryAnatomicStructureSequence";
      case FRAME_TYPE -> "FrameType";
      case VOLUMETRIC_PROPERTIES -> "VolumetricProperties";
      case ACQUISITION_CONTRAST -> "AcquisitionContrast";
      case PATIENT_NAME -> "PatientName";
      case PATIENT_ID -> "PatientID";
      case PATIENT_SEX -> "PatientSex";
      case PATIENT_AGE -> "PatientAge";
      case PREGNANCY_STATUS -> "PregnancyStatus";
      case PATIENT_SPECIES_DESCRIPTION -> "PatientSpeciesDescription";
      case PATIENT_SPECIES_CODE_SEQUENCE -> "PatientSpeciesCodeSequence";
      case PATIENT_BREED_DESCRIPTION -> "PatientBreedDescription";
      case PATIENT_BREED_CODE_SEQUENCE -> "PatientBreedCodeSequence";
      case PATIENT_IDENTITY_REMOVED -> "PatientIdentityRemoved";
      case CONTRAST_BOLUS_AGENT -> "ContrastBolusAgent";
      case CONTRAST_BOLUS_AGENT_SEQUENCE -> "ContrastBolusAgentSequence";
      case BODY_PART_EXAMINED -> "BodyPartExamined";
      case SCANNING_SEQUENCE -> "ScanningSequence";
      case SCAN_OPTIONS -> "ScanOptions";
      case SEQUENCE_NAME -> "SequenceName";
      case RADIOPHARMACEUTICAL -> "Radiopharmaceutical";
      case CINE_RATE -> "CineRate";
      case SLICE_THICKNESS -> "SliceThickness";
      case KVP -> "KVP";
      case REPETITION_TIME -> "RepetitionTime";
      case ECHO_TIME -> "EchoTime";
      case INVERSION_TIME -> "InversionTime";
      case ECHO_NUMBERS -> "EchoNumbers";
      case SPACING_BETWEEN_SLICES -> "SpacingBetweenSlices";
      case DATA_COLLECTION_DIAMETER -> "DataCollectionDiameter";
      case DEVICE_SERIAL_NUMBER -> "DeviceSerialNumber";
      case PROTOCOL_NAME -> "ProtocolName";
      case TRIGGER_TIME -> "TriggerTime";
      case FRAME_TIME -> "FrameTime";
      case HEART_RATE -> "HeartRate";
      case CARDIAC_NUMBER_OF_IMAGES -> "CardiacNumberOfImages";
      case RECONSTRUCTION_DIAMETER -> "ReconstructionDiameter";
      case DISTANCE_SOURCE_TO_DETECTOR -> "DistanceSourceToDetector";
      case GANTRY_DETECTOR_TILT -> "GantryDetectorTilt";
      case EXPOSURE_TIME -> "ExposureTime";
      case XRAY_TUBE_CURRENT -> "XRayTubeCurrent";
      case FILTER_TYPE -> "FilterType";
      case IMAGER_PIXEL_SPACING -> "ImagerPixelSpacing";
      case CONVOLUTION_KERNEL -> "ConvolutionKernel";
      case RECEIVE_COIL_NAME -> "ReceiveCoilName";
      case TRANSMIT_COIL_NAME -> "TransmitCoilName";
      case ACQUISITION_DEVICE_PROCESSING_DESCRIPTION -> "AcquisitionDeviceProcessingDescription";
      case TABLE_SPEED -> "TableSpeed";
      case DATA_COLLECTION_CENTER_PATIENT -> "DataCollectionCenterPatient";
      case RECONSTRUCTION_TARGET_CENTER_PATIENT -> "ReconstructionTargetCenterPatient";
      case ACQUISITION_DEVICE_PROCESSING_CODE -> "AcquisitionDeviceProcessingCode";
      case RELATIVE_XRAY_EXPOSURE -> "RelativeXRayExposure";
      case POSITIONER_PRIMARY_ANGLE -> "PositionerPrimaryAngle";
      case POSITIONER_SECONDARY_ANGLE -> "PositionerSecondaryAngle";
      case TRANSDUCER_DATA -> "TransducerData";
      case PROCESSING_FUNCTION -> "ProcessingFunction";
      case PATIENT_POSITION -> "PatientPosition";
      case VIEW_POSITION -> "ViewPosition";
      case SEQUENCE_OF_ULTRASOUND_REGIONS -> "SequenceOfUltrasoundRegions";
      case REGION_SPATIAL_FORMAT -> "RegionSpatialFormat";
      case REGION_DATA_TYPE -> "RegionDataType";
      case TRANSDUCER_TYPE -> "TransducerType";
      case CONTENT_QUALIFICATION -> "ContentQualification";
      case CARDIAC_SYNCHRONIZATION_TECHNIQUE -> "CardiacSynchronizationTechnique";
      case MR_RECEIVE_COIL_SEQUENCE -> "MRReceiveCoilSequence";
      case DIFFUSION_B_VALUE -> "DiffusionBValue";
      case EXPOSURE_TIME_IN_MS -> "ExposureTimeInms";
      case CONTRAST_BOLUS_USAGE_SEQUENCE -> "ContrastBolusUsageSequence";
      case CTDI_VOL -> "CTDIvol";
      case CTDI_PHANTOM_TYPE_CODE_SEQUENCE -> "CTDIPhantomTypeCodeSequence";
      case FRAME_LATERALITY -> "FrameLaterality";
      case STUDY_INSTANCE_UID -> "StudyInstanceUID";
      case SERIES_INSTANCE_UID -> "SeriesInstanceUID";
      case STUDY_ID -> "StudyID";
      case SERIES_NUMBER -> "SeriesNumber";
      case ACQUISITION_NUMBER -> "AcquisitionNumber";
      case INSTANCE_NUMBER -> "InstanceNumber";
      case IMAGE_POSITION_PATIENT -> "ImagePositionPatient";
      case IMAGE_ORIENTATION_PATIENT -> "ImageOrientationPatient";
      case FRAME_OF_REFERENCE_UID -> "FrameOfReferenceUID";
      case LATERALITY -> "Laterality";
      case IMAGE_LATERALITY -> "ImageLaterality";
      case TEMPORAL_POSITION_IDENTIFIER -> "TemporalPositionIdentifier";
      case POSITION_REFERENCE_INDICATOR -> "PositionReferenceIndicator";
      case IMAGE_COMMENTS -> "ImageComments";
      case STACK_ID -> "StackID";
      case IN_STACK_POSITION_NUMBER -> "InStackPositionNumber";
      case FRAME_ANATOMY_SEQUENCE -> "FrameAnatomySequence";
      case FRAME_CONTENT_SEQUENCE -> "FrameContentSequence";
      case PLANE_POSITION_SEQUENCE -> "PlanePositionSequence";
      case PLANE_ORIENTATION_SEQUENCE -> "PlaneOrientationSequence";
      case TEMPORAL_POSITION_INDEX -> "TemporalPositionIndex";
      case DIMENSION_INDEX_VALUES -> "DimensionIndexValues";
      case SAMPLES_PER_PIXEL -> "SamplesPerPixel";
      case PHOTOMETRIC_INTERPRETATION -> "PhotometricInterpretation";
      case PLANAR_CONFIGURATION -> "PlanarConfiguration";
      case NUMBER_OF_FRAMES -> "NumberOfFrames";
      case FRAME_INCREMENT_POINTER -> "FrameIncrementPointer";
      case ROWS -> "Rows";
      case COLUMNS -> "Columns";
      case PIXEL_SPACING -> "PixelSpacing";
      case PIXEL_ASPECT_RATIO -> "PixelAspectRatio";
      case BITS_ALLOCATED -> "BitsAllocated";
      case BITS_STORED -> "BitsStored";
      case HIGH_BIT -> "HighBit";
      case PIXEL_REPRESENTATION -> "PixelRepresentation";
      case PIXEL_PADDING_VALUE -> "PixelPaddingValue";
      case PIXEL_PADDING_RANGE_LIMIT -> "PixelPaddingRangeLimit";
      case QUALITY_CONTROL_IMAGE -> "QualityControlImage";
      case BURNED_IN_ANNOTATION -> "BurnedInAnnotation";
      case WINDOW_CENTER -> "WindowCenter";
      case WINDOW_WIDTH -> "WindowWidth";
      case RESCALE_INTERCEPT -> "RescaleIntercept";
      case RESCALE_SLOPE -> "RescaleSlope";
      case RESCALE_TYPE -> "RescaleType";
      case WINDOW_CENTER_WIDTH_EXPLANATION -> "WindowCenterWidthExplanation";
      case RED_PALETTE_COLOR_LOOKUP_TABLE_DESCRIPTOR -> "RedPaletteColorLookupTableDescriptor";
      case GREEN_PALETTE_COLOR_LOOKUP_TABLE_DESCRIPTOR -> "GreenPaletteColorLookupTableDescriptor";
      case BLUE_PALETTE_COLOR_LOOKUP_TABLE_DESCRIPTOR -> "BluePaletteColorLookupTableDescriptor";
      case RED_PALETTE_COLOR_LOOKUP_TABLE_DATA -> "RedPaletteColorLookupTableData";
      case GREEN_PALETTE_COLOR_LOOKUP_TABLE_DATA -> "GreenPaletteColorLookupTableData";
      case BLUE_PALETTE_COLOR_LOOKUP_TABLE_DATA -> "BluePaletteColorLookupTableData";
      case SEGMENTED_RED_PALETTE_COLOR_LOOKUP_TABLE_DATA ->
          "SegmentedRedPaletteColorLookupTableData";
      case SEGMENTED_GREEN_PALETTE_COLOR_LOOKUP_TABLE_DATA ->
          "SegmentedGreenPaletteColorLookupTableData";
      case SEGMENTED_BLUE_PALETTE_COLOR_LOOKUP_TABLE_DATA ->
          "SegmentedBluePaletteColorLookupTableData";
      case LOSSY_IMAGE_COMPRESSION -> "LossyImageCompression";
      case MODALITY_LUT_SEQUENCE -> "ModalityLUTSequence";
      case LUT_DESCRIPTOR -> "LUTDescriptor";
      case LUT_DATA -> "LUTData";
      case PIXEL_MEASURES_SEQUENCE -> "PixelMeasuresSequence";
      case PIXEL_VALUE_TRANSFORMATION_SEQUENCE -> "PixelValueTransformationSequence";
      case REQUESTED_PROCEDURE_DESCRIPTION -> "RequestedProcedureDescription";
      case REQUESTED_PROCEDURE_CODE_SEQUENCE -> "RequestedProcedureCodeSequence";
      case STUDY_COMMENTS -> "StudyComments";
      case SCHEDULED_PROCEDURE_STEP_DESCRIPTION -> "ScheduledProcedureStepDescription";
      case SCHEDULED_PROTOCOL_CODE_SEQUENCE -> "ScheduledProtocolCodeSequence";
      case PERFORMED_PROCEDURE_STEP_DESCRIPTION -> "PerformedProcedureStepDescription";
      case PERFORMED_PROTOCOL_CODE_SEQUENCE -> "PerformedProtocolCodeSequence";
      case REQUEST_ATTRIBUTES_SEQUENCE -> "RequestAttributesSequence";
      case COMMENTS_ON_THE_PERFORMED_PROCEDURE_STEP -> "CommentsOnThePerformedProcedureStep";
      case ACQUISITION_CONTEXT_SEQUENCE -> "AcquisitionContextSequence";
      case CONCEPT_NAME_CODE_SEQUENCE -> "ConceptNameCodeSequence";
      case CONTENT_SEQUENCE -> "ContentSequence";
      case DOCUMENT_TITLE -> "DocumentTitle";
      case CALIBRATION_IMAGE -> "CalibrationImage";
      case RADIOPHARMACEUTICAL_INFORMATION_SEQUENCE -> "RadiopharmaceuticalInformationSequence";
      case NUMBER_OF_SLICES -> "NumberOfSlices";
      case VIEW_CODE_SEQUENCE -> "ViewCodeSequence";
      case VIEW_MODIFIER_CODE_SEQUENCE -> "ViewModifierCodeSequence";
      case RADIOPHARMACEUTICAL_CODE_SEQUENCE -> "RadiopharmaceuticalCodeSequence";
      case SERIES_TYPE -> "SeriesType";
      case UNITS -> "Units";
      case SHARED_FUNCTIONAL_GROUPS_SEQUENCE -> "SharedFunctionalGroupsSequence";
      case PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE -> "PerFrameFunctionalGroupsSequence";
      case EXTENDED_OFFSET_TABLE -> "ExtendedOffsetTable";
      case EXTENDED_OFFSET_TABLE_LENGTHS -> "ExtendedOffsetTableLengths";
      case FLOAT_PIXEL_DATA -> "FloatPixelData";
      case DOUBLE_FLOAT_PIXEL_DATA -> "DoubleFloatPixelData";
      case PIXEL_DATA -> "PixelData";
      default -> format(tag);
    };
  }
}
