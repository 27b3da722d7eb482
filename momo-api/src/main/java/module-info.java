/** The words of the domain, and what a plugin implements. Needs the JDK alone. */
module org.momo.api {
  requires static transitive org.jspecify;

  exports org.momo.decision;
  exports org.momo.spi;
  exports org.momo.study;
}
