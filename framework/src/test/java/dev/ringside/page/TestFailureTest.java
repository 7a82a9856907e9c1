// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

class TestFailureTest {

  @Test
  void reads_expected_and_actual_of_a_failed_assertion() {
    TestFailure failure = TestFailure.of("test", new AssertionFailedError("no", 2, new int[] {1}));

    assertThat(failure.expected()).isEqualTo("2");
    assertThat(failure.actual()).isEqualTo("[1]");
    assertThat(failure.message()).isEqualTo("no");
  }

  /** As of JUnit 4, which is not among our dependencies. */
  public static final class ComparisonFailure extends AssertionError {
    private static final long serialVersionUID = 1;

    public String getExpected() {
      return "up";
    }

    public String getActual() {
      return "down";
    }
  }

  @Test
  void reads_them_of_any_failure_that_has_them() {
    TestFailure failure = TestFailure.of("test", new ComparisonFailure());

    assertThat(failure.expected()).isEqualTo("up");
    assertThat(failure.actual()).isEqualTo("down");
  }

  @Test
  void says_neither_where_one_of_them_is_missing_and_survives_what_cannot_be_shown() {
    Object hostile =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("no");
          }
        };

    assertThat(TestFailure.of("test", new AssertionError("x")).expected()).isNull();
    assertThat(TestFailure.of("test", new AssertionFailedError("x")).actual()).isNull();
    assertThat(TestFailure.of("test", null).expected()).isNull();
    TestFailure half = TestFailure.of("test", new AssertionFailedError("no", hostile, null));
    assertThat(half.actual()).isEqualTo("null");
    assertThat(half.expected()).contains("IllegalStateException");
  }

  @Test
  void has_the_type_of_what_has_no_message() {
    assertThat(TestFailure.of("test", new IllegalStateException()).message())
        .isEqualTo("java.lang.IllegalStateException");
    assertThat(TestFailure.of("test", null).message()).isEqualTo("not known");
    assertThat(TestFailure.of("test", null).stackTrace()).isEmpty();
  }

  @Test
  void knows_the_line_of_the_test_that_has_failed() {
    AssertionError thrown = new AssertionError("x");
    String line = "TestFailureTest.java:" + thrown.getStackTrace()[0].getLineNumber();

    assertThat(TestFailure.of(getClass().getName() + ".knows", thrown).line()).isEqualTo(line);
    assertThat(TestFailure.of(getClass().getName(), thrown).line()).isEqualTo(line);
    assertThat(TestFailure.of("another.Test.knows", thrown).line()).isEmpty();
    assertThat(TestFailure.of(getClass().getName(), null).line()).isEmpty();
  }

  @Test
  void has_a_head_up_to_the_first_empty_line() {
    assertThat(TestFailure.of("test", new AssertionError("\na\n  b\n\nc")).head())
        .isEqualTo("a\n  b");
    assertThat(TestFailure.of("test", new AssertionError("a")).head()).isEqualTo("a");
    assertThat(TestFailure.of("test", new AssertionError("a".repeat(4_001))).head())
        .isEqualTo("a".repeat(4_000) + " ...");
  }
}
