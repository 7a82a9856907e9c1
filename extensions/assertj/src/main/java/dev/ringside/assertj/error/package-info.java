// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/**
 * What the assertions say when they do not hold: one class a message, each with the same parts in
 * the same order.
 *
 * <pre>
 * Expecting what was looked at
 *   to be or have what was wanted
 *   but what was there instead, with the nearest miss
 *
 *   the way of the packet that was wanted, or what happened to the device
 *
 * Replay with the annotation that brings the same run again
 * </pre>
 */
@NullMarked
package dev.ringside.assertj.error;

import org.jspecify.annotations.NullMarked;
