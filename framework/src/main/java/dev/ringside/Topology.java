// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside;

/**
 * What a lab shall consist of, as a class that tests share.
 *
 * <pre>{@code
 * final class TwoHosts implements Topology {
 *   public void build(LabBuilder lab) {
 *     lab.host("h1").pnics(2).virtualFunctions(4).vms("web");
 *     lab.host("h2").vms("db");
 *   }
 * }
 * }</pre>
 */
@FunctionalInterface
public interface Topology {

  /** Describes the hosts to the builder. */
  void build(LabBuilder lab);
}
