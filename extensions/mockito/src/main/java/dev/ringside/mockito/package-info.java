// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/**
 * Mockito for labs: packets and devices as arguments ({@link
 * dev.ringside.mockito.RingsideMatchers}), and views that record what code under test does to a
 * device ({@link dev.ringside.mockito.RecordingViews}).
 *
 * <pre>
 *   code under test --&gt; view (a mock) --&gt; device --&gt; the lab's other devices
 *                          |
 *                 verify, InOrder
 * </pre>
 *
 * <p>It uses Mockito's public interface only, has no session and no mock maker of its own, and puts
 * nothing into the way of packets: the lab's devices know nothing of their views.
 */
@NullMarked
package dev.ringside.mockito;

import org.jspecify.annotations.NullMarked;
