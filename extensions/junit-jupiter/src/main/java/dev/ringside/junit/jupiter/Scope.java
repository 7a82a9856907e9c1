// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

/**
 * How long a lab lives.
 *
 * <pre>{@code
 * @LabScope(Scope.CLASS)
 * class FailoverTest { ... }
 * }</pre>
 */
public enum Scope {
  /** As long as one test: each has its own. */
  TEST,
  /** As long as the class that describes it, nested classes included. */
  CLASS,
  /** As long as the run; labs that are described alike are one. */
  RUN
}
