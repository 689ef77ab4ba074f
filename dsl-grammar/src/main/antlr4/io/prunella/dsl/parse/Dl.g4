/*
 * The .dl language, from its tokens on.
 *
 * Tokens come from Scanner, because three things about them depend on what stands around: which words begin a clause or
 * a declaration (D_…, K_…), whether `:` joins two names, and where the PromQL of an `expr:` ends. So keywords cost users
 * no names, and a D_ or K_ token is always a place at which parsing can go on after a mistake.
 *
 * Shapes only: what a name may mean, and which values a number may have, is for the builders of the syntax tree.
 */
parser grammar Dl;

tokens {
    // Words of users, values
    NAME, ENTITY, STRING, NUMBER, CLOCK, REGEX, PROM,
    // Signs
    COLON, COMMA, LPAREN, RPAREN, LBRACKET, RBRACKET, LBRACE, RBRACE, BAR, DOTS, ARROW, ASSIGN,
    EQ, NE, LT, LE, GT, GE, MATCHES, NOT_MATCHES, PLUS, MINUS, STAR, SLASH, PERCENT,
    // Words with a meaning at some places; everywhere else they are names
    AND, OR, NOT, TRUE, FALSE,
    AFTER, ALERT, ANCESTORS, AS, AT, BURN, BY, CHILDREN, ELSE, EVENT, EVERY, FLEET, FOLLOWED, FOR, FROM, HEAL, HEALS, IN,
    MAX, NODES, NOTHING, OF, ON, ONCE, OPEN, OVER, PARALLEL, PARENT, PER, PROBE, RECORDING, RESOLVED, SCHEDULE, SINCE,
    SKIPPED, SOURCE, STALE, SUPPRESSED, TIME, TIMES, WHERE, WITHIN, WITHOUT, X, ZONE,
    // Beginnings of declarations; HEADLESS has no text and stands before a rule without a header
    HEADLESS, D_RULE, D_RECORD, D_SLO, D_SUPPRESS, D_GUARD, D_PACK, D_METRIC, D_EVENT, D_ACTION, D_CHANNEL, D_TEST,
    // Beginnings of clauses, by the shape of what follows
    K_TEXT, K_WORD, K_MAP, K_INT, K_BY, K_ON, K_PROM, K_DURATION, K_COND, K_STEPS, K_VERIFY, K_LIMIT, K_PROP,
    K_REQUIRES, K_USES, K_OBJECTIVE, K_OVERRIDES, K_DENY, K_GIVEN, K_EXPECT, K_STUB, K_RESULT
}

file
    : declaration* EOF
    ;

declaration
    : header clause*
    ;

header
    : HEADLESS
    | (D_RULE | D_RECORD | D_SLO | D_SUPPRESS | D_GUARD | D_PACK) title
    | D_METRIC title COLON name (COMMA metricOption)*
    | D_EVENT title (LBRACE (field (COMMA field)* COMMA?)? RBRACE)?
    | D_ACTION title (LPAREN (field (COMMA field)* COMMA?)? RPAREN)?
    | D_CHANNEL title COLON name (COMMA entry)*
    | D_TEST string
    ;

metricOption
    : STALE AFTER NUMBER
    | SOURCE name
    ;

field
    : name COLON name (ASSIGN expr)?
    ;

clause
    : K_TEXT COLON string
    | K_WORD COLON title
    | K_MAP COLON map
    | K_INT COLON (PLUS | MINUS)? NUMBER
    | K_BY COLON name (COMMA name)*
    | K_ON trigger
    | K_PROM COLON PROM
    | K_DURATION COLON NUMBER
    | K_COND COLON expr
    | K_STEPS COLON step+
    | K_VERIFY COLON expr verifyOption*
    | K_LIMIT COLON limitTerm (COMMA limitTerm)*
    | K_PROP COLON expr (COMMA expr)*
    | K_REQUIRES COLON requirement (COMMA requirement)*
    | K_USES COLON driver (COMMA ELSE? driver)*
    | K_OBJECTIVE COLON NUMBER OVER NUMBER
    | K_OVERRIDES COLON LBRACE (override (COMMA override)* COMMA?)? RBRACE
    | K_DENY COLON denied (BAR denied)*
    | K_GIVEN COLON given*
    | K_EXPECT COLON expectation*
    ;

verifyOption
    : (WITHIN | EVERY) NUMBER
    ;

limitTerm
    : NUMBER PER NUMBER (PER name)?
    | NUMBER AT ONCE (PER name)?
    | NUMBER OF FLEET
    ;

requirement
    : title compareOp string
    ;

driver
    : name (LPAREN (expr (COMMA expr)* COMMA?)? RPAREN)?
    ;

override
    : name ASSIGN string COLON NUMBER
    ;

denied
    : name LPAREN title RPAREN
    ;

// Triggers

trigger
    : EVENT COLON eventPattern (sequence+ | absence | repetition)? (OPEN NUMBER)?
    | ALERT COLON string (BAR string)* (WHERE expr)?
    | BURN COLON title compareOp NUMBER
    | SCHEDULE COLON (string (ZONE string)? | EVERY NUMBER)
    ;

eventPattern
    : string (BAR string)* patternOption*
    ;

patternOption
    : WHERE expr
    | AS name
    ;

sequence
    : FOLLOWED BY eventPattern WITHIN NUMBER
    ;

absence
    : WITHOUT eventPattern WITHIN NUMBER
    ;

repetition
    : NUMBER TIMES WITHIN NUMBER
    ;

// Steps

step
    : PARALLEL LBRACE step+ RBRACE
    | name LPAREN (argument (COMMA argument)* COMMA?)? RPAREN
    ;

argument
    : name COLON argumentValue
    | expr
    ;

argumentValue
    : NUMBER X NUMBER (MAX NUMBER)?
    | entitySet (WHERE expr)? (COMMA NUMBER AT ONCE)?
    | expr
    ;

entitySet
    : NODES
    | FLEET
    | HEALS
    | CHILDREN
    | ANCESTORS
    | PARENT
    ;

// Tests

given
    : AT NUMBER COLON EVENT string ON entity RESOLVED? map?
    | RECORDING string
    | K_STUB COLON denied ARROW outcome (COMMA outcome)*
    | entity name matchers? COLON samples (EVERY NUMBER)? (FROM NUMBER)?
    ;

samples
    : sampleValue (X NUMBER)?
    | sampleValue ARROW sampleValue OVER NUMBER
    ;

sampleValue
    : (PLUS | MINUS)? (NUMBER | NAME)
    ;

outcome
    : name (AFTER NUMBER)?
    ;

expectation
    : AT NUMBER (DOTS NUMBER)? COLON entity (ON entity)? firingDetail?
    | K_RESULT COLON name
    | NOTHING ELSE
    ;

firingDetail
    : ARROW step
    | SUPPRESSED BY entity
    | SKIPPED BY name
    ;

entity
    : ENTITY
    | NUMBER
    | title
    ;

// Expressions, loosest first; chains are loops, so that their length costs no depth

expr
    : conjunction (OR conjunction)*
    ;

conjunction
    : negation (AND negation)*
    ;

negation
    : NOT* comparison
    ;

comparison
    : sum (compareOp sum | IN LBRACKET inItem (COMMA inItem)* COMMA? RBRACKET)* (FOR NUMBER)?
    ;

compareOp
    : EQ
    | NE
    | LT
    | LE
    | GT
    | GE
    | MATCHES
    | NOT_MATCHES
    ;

inItem
    : sum (DOTS sum)?
    ;

sum
    : product ((PLUS | MINUS) product)*
    ;

product
    : signed ((STAR | SLASH | PERCENT) signed)*
    ;

signed
    : (PLUS | MINUS)* primary
    ;

primary
    : LPAREN expr RPAREN
    | NUMBER
    | string
    | TRUE
    | FALSE
    | REGEX
    | LBRACKET (expr (COMMA expr)* COMMA?)? RBRACKET
    | map
    | TIME IN CLOCK DOTS CLOCK (ZONE string)?
    | TIME SINCE (EVENT | HEAL) string
    | PROBE LPAREN name string RPAREN
    | word BY LPAREN name (COMMA name)* RPAREN LPAREN expr RPAREN
    | call
    | word matchers? (LBRACKET NUMBER RBRACKET)?
    ;

call
    : word LPAREN (callArgument (COMMA callArgument)* COMMA?)? RPAREN (BY (name | LPAREN name (COMMA name)* RPAREN))?
    ;

callArgument
    : EVENT string
    | entitySet WHERE expr
    | expr
    ;

matchers
    : LBRACE (matcher (COMMA matcher)* COMMA?)? RBRACE
    ;

matcher
    : name (ASSIGN | NE | MATCHES | NOT_MATCHES) string
    ;

map
    : LBRACE (entry (COMMA entry)* COMMA?)? RBRACE
    ;

entry
    : title COLON expr
    ;

// Words

title
    : name
    | STRING
    ;

string
    : STRING
    ;

name
    : word
    | AND
    | OR
    | NOT
    | TRUE
    | FALSE
    ;

word
    : NAME
    | AFTER
    | ALERT
    | ANCESTORS
    | AS
    | AT
    | BURN
    | BY
    | CHILDREN
    | ELSE
    | EVENT
    | EVERY
    | FLEET
    | FOLLOWED
    | FOR
    | FROM
    | HEAL
    | HEALS
    | IN
    | MAX
    | NODES
    | NOTHING
    | OF
    | ON
    | ONCE
    | OPEN
    | OVER
    | PARALLEL
    | PARENT
    | PER
    | PROBE
    | RECORDING
    | RESOLVED
    | SCHEDULE
    | SINCE
    | SKIPPED
    | SOURCE
    | STALE
    | SUPPRESSED
    | TIME
    | TIMES
    | WHERE
    | WITHIN
    | WITHOUT
    | X
    | ZONE
    ;
