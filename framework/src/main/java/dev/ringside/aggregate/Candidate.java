// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

/**
 * What a {@link FailoverPolicy} may know of a NIC.
 *
 * <pre>{@code
 * candidate.name();  // p1
 * candidate.speed(); // 10_000_000_000
 * }</pre>
 *
 * @param name the name of the NIC
 * @param order its place in the configured order, from 0
 * @param speed bits a second, 0 if unlimited
 * @param failures how many times it has failed
 * @param healthySinceNanos since when it is healthy, in nanoseconds of virtual time
 */
public record Candidate(String name, int order, long speed, int failures, long healthySinceNanos) {}
