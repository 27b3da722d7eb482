/**
 * A vendor's plugin: one layer, one rule, one preprocessor, one backend, found by ServiceLoader.
 */
package com.example.momo;
