/**
 * What lies outside the hosts: cables with their faults, the external switch, the test's own
 * station, and taps that record.
 *
 * <pre>
 *   station ---- external switch ---- cable ---- PNIC of a host
 *                      |   `--------- cable ---- PNIC
 *                      `------------- cable ---- PNIC of another host
 * </pre>
 */
@NullMarked
package dev.ringside.wire;

import org.jspecify.annotations.NullMarked;
