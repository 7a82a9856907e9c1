/**
 * Draws what failure pages show as sequence diagrams. It is enough that the module is there: the
 * page finds it when a test has failed, and no sooner.
 */
@NullMarked
package dev.ringside.report;

import org.jspecify.annotations.NullMarked;
