// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik;

import java.util.List;

/**
 * A try after which packets were unaccounted for: created or copied, and neither delivered nor
 * dropped for a reason nor in any queue.
 *
 * <pre>
 *   the conservation law does not hold after this try:
 *     1 packets are unaccounted for at ...
 * </pre>
 */
public final class ConservationViolation extends AssertionError {

  private static final long serialVersionUID = 1L;

  ConservationViolation(List<String> violations) {
    super(
        "the conservation law does not hold after this try:\n  " + String.join("\n  ", violations));
  }
}
