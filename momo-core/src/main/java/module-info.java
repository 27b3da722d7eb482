/**
 * The engine: configuration, decision layers in order, vote rules, count; catalogues; evaluation.
 */
module org.momo.core {
  requires transitive org.momo.api;
  requires static transitive org.jspecify;
  requires com.fasterxml.aalto;
  requires com.fasterxml.jackson.core;
  requires de.siegmar.fastcsv;
  requires java.xml;
  requires org.apache.commons.compress;
  requires org.dhatim.fastexcel;
  requires org.dhatim.fastexcel.reader;
  requires org.slf4j;
  requires org.snakeyaml.engine;

  exports org.momo;
  exports org.momo.catalogue;
  exports org.momo.evaluation;
  exports org.momo.evaluation.report;

  uses org.momo.spi.Plugin;
}
