package dev.snowgate.gateway.pipeline;

import dev.snowgate.gateway.statement.AnalysedStatement;
import dev.snowgate.gateway.statement.GatewayErrorCode;
import dev.snowgate.policy.Decision;

/**
 * What was made of a statement: what it does and what the policy says to it.
 *
 * @param code the code that a denial is answered with
 */
record Judgement(AnalysedStatement analysed, Decision decision, GatewayErrorCode code) {}
