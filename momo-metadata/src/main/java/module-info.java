/** DICOM reading, and the layers that judge a study by its codes and its words. */
module org.momo.metadata {
  requires transitive org.momo.api;
  requires static transitive org.jspecify;
  requires java.net.http;
  requires com.fasterxml.jackson.core;
  requires org.apache.commons.compress;
  requires org.apache.commons.text;
  requires org.slf4j;

  exports org.momo.dicom;
  exports org.momo.dicom.web;
  exports org.momo.metadata;
  exports org.momo.metadata.learned;
  exports org.momo.metadata.published;
  exports org.momo.metadata.words;

  provides org.momo.spi.Plugin with
      org.momo.metadata.MetadataPlugin;
}
