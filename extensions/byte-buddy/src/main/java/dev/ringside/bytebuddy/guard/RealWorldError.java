// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy.guard;

import java.util.List;

/**
 * Code under test has used the real world.
 *
 * <pre>{@code
 * assertThatThrownBy(poller::poll).isInstanceOf(RealWorldError.class);
 * }</pre>
 */
public final class RealWorldError extends AssertionError {

  private static final long serialVersionUID = 1L;

  RealWorldError(List<RealWorldUse> uses) {
    super(text(uses));
  }

  private static String text(List<RealWorldUse> uses) {
    StringBuilder text = new StringBuilder("the code under test leaves its lab");
    for (RealWorldUse use : uses) {
      text.append("\n- ").append(use);
    }
    return text.toString();
  }
}
