// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.tcp;

/** Gives the port of a connection back that was closed some time ago. */
record Release(TcpLink link) implements Runnable {

  @Override
  public void run() {
    link.stack().closeTcp(link.localPort());
  }
}
