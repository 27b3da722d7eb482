/** The code of the README, compiled. A test holds the README's text against these methods. */
package org.momo.snippets;
