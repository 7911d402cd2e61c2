/**
 * What a test may ask and order: the log of executions, scripted faults, expired tokens.
 *
 * <p>Main types: ExecutionLog, FaultList, AdminRoutes. Must not know the engine or the dialects.
 */
@NullMarked
package dev.snowgate.emulator.admin;

import org.jspecify.annotations.NullMarked;
