// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/**
 * What must hold for code that you plug into Ringside, as jqwik properties: a test class implements
 * the interface that fits, says what is to be checked, and inherits the properties.
 *
 * <pre>{@code
 * class LeastFailuresTest implements FailoverPolicyContract {
 *   @Override
 *   public FailoverPolicy policy() {
 *     return new LeastFailures();
 *   }
 * }
 * }</pre>
 */
@NullMarked
package dev.ringside.contracts;

import org.jspecify.annotations.NullMarked;
