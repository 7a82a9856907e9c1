// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj.error;

/**
 * Why an assertion does not hold, in words and as two values that a development environment can
 * show side by side.
 *
 * <pre>{@code
 * return verify(() -> actual.isUp() ? null : new ShouldBe("cable p0", "up", "down", evidence));
 * }</pre>
 */
public abstract class Failure {

  private final Object expected;
  private final Object actual;
  private final String message;

  /** A failure that says this text. */
  protected Failure(Object expected, Object actual, FailureText text) {
    this.expected = expected;
    this.actual = actual;
    this.message = text.toString();
  }

  /** What was wanted. */
  public Object expected() {
    return expected;
  }

  /** What was there. */
  public Object actual() {
    return actual;
  }

  /** The whole message. */
  public String message() {
    return message;
  }
}
