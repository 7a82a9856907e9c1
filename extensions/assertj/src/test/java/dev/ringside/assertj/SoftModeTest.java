// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.junit.jupiter.api.Test;

class SoftModeTest {

  private final AssertionError failure = new AssertionError("no");

  @Test
  void lets_AssertJ_4_collect_what_an_assertion_throws() {
    LikeAssertJ4 assertion = new LikeAssertJ4();

    LikeAssertJ4.MODE.execute(assertion, this::fail);

    assertThat(assertion.collected).containsExactly(failure);
  }

  @Test
  void passes_on_what_is_no_failed_assertion() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                LikeAssertJ4.MODE.execute(
                    new LikeAssertJ4(),
                    () -> {
                      throw new IllegalStateException("closed");
                    }))
        .withMessage("closed");
  }

  @Test
  void throws_where_AssertJ_3_collects_around_it() {
    LikeAssertJ3 assertion = new LikeAssertJ3();
    assertThatThrownBy(() -> LikeAssertJ3.MODE.execute(assertion, this::fail)).isSameAs(failure);
  }

  private void fail() {
    throw failure;
  }

  /** Has the method that AssertJ 4 collects in. */
  static final class LikeAssertJ4 extends AbstractAssert<LikeAssertJ4, Object> {

    static final SoftMode MODE = new SoftMode(MethodHandles.lookup());

    final List<AssertionError> collected = new ArrayList<>();

    LikeAssertJ4() {
      super(new Object(), LikeAssertJ4.class);
    }

    protected AbstractAssert<?, ?> executeAssertion(Runnable body) {
      try {
        body.run();
      } catch (AssertionError e) {
        collected.add(e);
      }
      return this;
    }
  }

  /** Has no such method. */
  static final class LikeAssertJ3 extends AbstractAssert<LikeAssertJ3, Object> {

    static final SoftMode MODE = new SoftMode(MethodHandles.lookup());

    LikeAssertJ3() {
      super(new Object(), LikeAssertJ3.class);
    }
  }
}
