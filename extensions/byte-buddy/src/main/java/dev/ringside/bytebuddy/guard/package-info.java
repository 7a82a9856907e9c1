// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
/**
 * A guard against what makes a test of network code slow and flaky: code that reads the wall clock,
 * sleeps, or opens a real socket where the lab's clock and virtual NICs were meant.
 *
 * <pre>{@code
 * @Test
 * @Guarded("com.example.agent")
 * void polls_every_second(Lab lab) { ... }
 * }</pre>
 */
@NullMarked
package dev.ringside.bytebuddy.guard;

import org.jspecify.annotations.NullMarked;
