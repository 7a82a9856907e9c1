// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.page;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/**
 * A test that has failed, and with what.
 *
 * <pre>{@code
 * FailurePage.of(lab, TestFailure.of("FailoverTest.follows", thrown), List.of());
 * }</pre>
 *
 * @param test the name of the test
 * @param thrown what it has failed with, null if that is not known
 * @param expected what was wanted, null if the failure does not tell
 * @param actual what was there, null if the failure does not tell
 * @param began the number of the journal entry that the test has begun with; what was before it is
 *     not shown among the last events
 */
public record TestFailure(
    String test,
    @Nullable Throwable thrown,
    @Nullable String expected,
    @Nullable String actual,
    long began) {

  private static final int MAX_SHOWN = 4_000;

  /**
   * Reads what a failure tells. Expected and actual values are found wherever the failure has
   * methods {@code getExpected()} and {@code getActual()}, as those of opentest4j and JUnit 4 have.
   */
  public static TestFailure of(String test, @Nullable Throwable thrown) {
    String expected = value(thrown, "getExpected");
    String actual = value(thrown, "getActual");
    boolean both = expected != null && actual != null;
    return new TestFailure(test, thrown, both ? expected : null, both ? actual : null, 0);
  }

  /** The same failure of a test that has begun with this entry of the journal. */
  public TestFailure began(long entry) {
    return new TestFailure(test, thrown, expected, actual, entry);
  }

  private static @Nullable String value(@Nullable Throwable thrown, String method) {
    if (thrown == null) {
      return null;
    }
    try {
      return text(thrown.getClass().getMethod(method).invoke(thrown));
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null; // it has none, or none that can be shown: the message has to do
    }
  }

  /** Of a wrapped value what it wraps; of an array its elements. */
  private static @Nullable String text(@Nullable Object value) throws ReflectiveOperationException {
    if (value == null) {
      return null;
    }
    if (value.getClass().getName().equals("org.opentest4j.ValueWrapper")) {
      Object wrapped = value.getClass().getMethod("getValue").invoke(value);
      return wrapped == null
          ? String.valueOf(value.getClass().getMethod("getStringRepresentation").invoke(value))
          : text(wrapped);
    }
    return value.getClass().isArray() ? elements(value) : value.toString();
  }

  private static String elements(Object array) {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < Array.getLength(array); i++) {
      text.append(i == 0 ? "" : ", ").append(Array.get(array, i));
    }
    return text.append(']').toString();
  }

  /** The message, or the type of what has no message. */
  public String message() {
    if (thrown == null) {
      return "not known";
    }
    String message = thrown.getMessage();
    return message == null || message.isBlank() ? thrown.getClass().getName() : message;
  }

  /** The message up to its first empty line: what is wrong, without what explains it. */
  String head() {
    String message = message().strip();
    int end = message.indexOf("\n\n");
    return shortened(end < 0 ? message : message.substring(0, end));
  }

  /** As much of a text as one reads; the whole of it stands above the stack trace. */
  static String shortened(String text) {
    return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + " ..." : text;
  }

  /** The line of the test that has failed, such as {@code FailoverTest.java:42}; may be empty. */
  String line() {
    if (thrown == null) {
      return "";
    }
    StackTraceElement found = null;
    for (StackTraceElement frame : thrown.getStackTrace()) {
      if (found == null && isOfTest(frame.getClassName()) && frame.getLineNumber() > 0) {
        found = frame;
      }
    }
    return found == null ? "" : found.getFileName() + ":" + found.getLineNumber();
  }

  private boolean isOfTest(String type) {
    return test.equals(type)
        || test.startsWith(type + ".")
        || test.startsWith(type + "$")
        || type.startsWith(test + "$");
  }

  String stackTrace() {
    if (thrown == null) {
      return "";
    }
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
