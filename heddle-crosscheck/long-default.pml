/*
 * long, check default: written by Heddle 0.1.0 from /tmp/exp/long.heddle.
 *
 * To search every state:
 *   spin -a long.pml && gcc -DSAFETY -DNOREDUCE -DNOCLAIM -o pan pan.c && ./pan -c0
 * The number of states stored is the number of distinct states that Heddle finds.
 * With spin -DDEADLOCKS the observer reports nothing, and only deadlocks remain.
 */

#define null 255
#define p_5 0   /* p */
#define p_5_2 1   /* p */
#define p_6 2   /* p */
#define p_7 3   /* p */

byte a[100];   /* [0..99 -> 0..3] */
byte b[100];   /* [0..99 -> 0..3] */
byte p_i;   /* 0..99, of each p */
byte pc;   /* where each process stands */

/* Not part of the state: what a step works with, and which properties have held so far. */
hidden int taken;
hidden int slot;
hidden byte holds_deadlock = true;

/* A violation is reported once. Run pan with -c0 to hear of all properties. */
#ifdef TEMPORAL
#define violated(holds) skip
#else
inline violated(holds) { if :: holds -> holds = false; assert(holds) :: else fi }
#endif

#define rests (false)

#ifdef TEMPORAL
/* Fairness: whose turn it is. A turn ends when the action is taken, or cannot be taken. */
byte due;
#define can_0 (pc == p_5 && (a[0] == 0 || a[1] == 0 || a[2] == 0 || a[3] == 0 || a[4] == 0 || a[5] == 0 || a[6] == 0 || a[7] == 0 || a[8] == 0 || a[9] == 0 || a[10] == 0 || a[11] == 0 || a[12] == 0 || a[13] == 0 || a[14] == 0 || a[15] == 0 || a[16] == 0 || a[17] == 0 || a[18] == 0 || a[19] == 0 || a[20] == 0 || a[21] == 0 || a[22] == 0 || a[23] == 0 || a[24] == 0 || a[25] == 0 || a[26] == 0 || a[27] == 0 || a[28] == 0 || a[29] == 0 || a[30] == 0 || a[31] == 0 || a[32] == 0 || a[33] == 0 || a[34] == 0 || a[35] == 0 || a[36] == 0 || a[37] == 0 || a[38] == 0 || a[39] == 0 || a[40] == 0 || a[41] == 0 || a[42] == 0 || a[43] == 0 || a[44] == 0 || a[45] == 0 || a[46] == 0 || a[47] == 0 || a[48] == 0 || a[49] == 0 || a[50] == 0 || a[51] == 0 || a[52] == 0 || a[53] == 0 || a[54] == 0 || a[55] == 0 || a[56] == 0 || a[57] == 0 || a[58] == 0 || a[59] == 0 || a[60] == 0 || a[61] == 0 || a[62] == 0 || a[63] == 0 || a[64] == 0 || a[65] == 0 || a[66] == 0 || a[67] == 0 || a[68] == 0 || a[69] == 0 || a[70] == 0 || a[71] == 0 || a[72] == 0 || a[73] == 0 || a[74] == 0 || a[75] == 0 || a[76] == 0 || a[77] == 0 || a[78] == 0 || a[79] == 0 || a[80] == 0 || a[81] == 0 || a[82] == 0 || a[83] == 0 || a[84] == 0 || a[85] == 0 || a[86] == 0 || a[87] == 0 || a[88] == 0 || a[89] == 0 || a[90] == 0 || a[91] == 0 || a[92] == 0 || a[93] == 0 || a[94] == 0 || a[95] == 0 || a[96] == 0 || a[97] == 0 || a[98] == 0 || a[99] == 0) || pc == p_5_2 || pc == p_6 || pc == p_7)   /* p */
#define fair ([] <> over)
#define over (due == 1)
#define WAITS provided (!over)   /* a round that is over begins anew before anything else happens */
inline took(action) { if :: due == action -> due = due + 1 :: else fi }

c_code { int is_Same_1(void) { return now.a[0] == now.b[0] && now.a[1] == now.b[1] && now.a[2] == now.b[2] && now.a[3] == now.b[3] && now.a[4] == now.b[4] && now.a[5] == now.b[5] && now.a[6] == now.b[6] && now.a[7] == now.b[7] && now.a[8] == now.b[8] && now.a[9] == now.b[9] && now.a[10] == now.b[10] && now.a[11] == now.b[11] && now.a[12] == now.b[12] && now.a[13] == now.b[13] && now.a[14] == now.b[14] && now.a[15] == now.b[15] && now.a[16] == now.b[16] && now.a[17] == now.b[17] && now.a[18] == now.b[18] && now.a[19] == now.b[19] && now.a[20] == now.b[20] && now.a[21] == now.b[21] && now.a[22] == now.b[22] && now.a[23] == now.b[23] && now.a[24] == now.b[24] && now.a[25] == now.b[25] && now.a[26] == now.b[26] && now.a[27] == now.b[27] && now.a[28] == now.b[28] && now.a[29] == now.b[29] && now.a[30] == now.b[30] && now.a[31] == now.b[31] && now.a[32] == now.b[32] && now.a[33] == now.b[33] && now.a[34] == now.b[34] && now.a[35] == now.b[35] && now.a[36] == now.b[36] && now.a[37] == now.b[37] && now.a[38] == now.b[38] && now.a[39] == now.b[39] && now.a[40] == now.b[40] && now.a[41] == now.b[41] && now.a[42] == now.b[42] && now.a[43] == now.b[43] && now.a[44] == now.b[44] && now.a[45] == now.b[45] && now.a[46] == now.b[46] && now.a[47] == now.b[47] && now.a[48] == now.b[48] && now.a[49] == now.b[49] && now.a[50] == now.b[50] && now.a[51] == now.b[51] && now.a[52] == now.b[52] && now.a[53] == now.b[53] && now.a[54] == now.b[54] && now.a[55] == now.b[55] && now.a[56] == now.b[56] && now.a[57] == now.b[57] && now.a[58] == now.b[58] && now.a[59] == now.b[59] && now.a[60] == now.b[60] && now.a[61] == now.b[61] && now.a[62] == now.b[62] && now.a[63] == now.b[63] && now.a[64] == now.b[64] && now.a[65] == now.b[65] && now.a[66] == now.b[66] && now.a[67] == now.b[67] && now.a[68] == now.b[68] && now.a[69] == now.b[69] && now.a[70] == now.b[70] && now.a[71] == now.b[71] && now.a[72] == now.b[72] && now.a[73] == now.b[73] && now.a[74] == now.b[74] && now.a[75] == now.b[75] && now.a[76] == now.b[76] && now.a[77] == now.b[77] && now.a[78] == now.b[78] && now.a[79] == now.b[79] && now.a[80] == now.b[80] && now.a[81] == now.b[81] && now.a[82] == now.b[82] && now.a[83] == now.b[83] && now.a[84] == now.b[84] && now.a[85] == now.b[85] && now.a[86] == now.b[86] && now.a[87] == now.b[87] && now.a[88] == now.b[88] && now.a[89] == now.b[89] && now.a[90] == now.b[90] && now.a[91] == now.b[91] && now.a[92] == now.b[92] && now.a[93] == now.b[93] && now.a[94] == now.b[94] && now.a[95] == now.b[95] && now.a[96] == now.b[96] && now.a[97] == now.b[97] && now.a[98] == now.b[98] && now.a[99] == now.b[99]; } }
#define Same_1 c_expr { (is_Same_1()) }
ltl Same { fair -> ([] (<> Same_1)) }
c_code { int is_Other_1(void) { return !(now.a[0] == now.b[0] && now.a[1] == now.b[1] && now.a[2] == now.b[2] && now.a[3] == now.b[3] && now.a[4] == now.b[4] && now.a[5] == now.b[5] && now.a[6] == now.b[6] && now.a[7] == now.b[7] && now.a[8] == now.b[8] && now.a[9] == now.b[9] && now.a[10] == now.b[10] && now.a[11] == now.b[11] && now.a[12] == now.b[12] && now.a[13] == now.b[13] && now.a[14] == now.b[14] && now.a[15] == now.b[15] && now.a[16] == now.b[16] && now.a[17] == now.b[17] && now.a[18] == now.b[18] && now.a[19] == now.b[19] && now.a[20] == now.b[20] && now.a[21] == now.b[21] && now.a[22] == now.b[22] && now.a[23] == now.b[23] && now.a[24] == now.b[24] && now.a[25] == now.b[25] && now.a[26] == now.b[26] && now.a[27] == now.b[27] && now.a[28] == now.b[28] && now.a[29] == now.b[29] && now.a[30] == now.b[30] && now.a[31] == now.b[31] && now.a[32] == now.b[32] && now.a[33] == now.b[33] && now.a[34] == now.b[34] && now.a[35] == now.b[35] && now.a[36] == now.b[36] && now.a[37] == now.b[37] && now.a[38] == now.b[38] && now.a[39] == now.b[39] && now.a[40] == now.b[40] && now.a[41] == now.b[41] && now.a[42] == now.b[42] && now.a[43] == now.b[43] && now.a[44] == now.b[44] && now.a[45] == now.b[45] && now.a[46] == now.b[46] && now.a[47] == now.b[47] && now.a[48] == now.b[48] && now.a[49] == now.b[49] && now.a[50] == now.b[50] && now.a[51] == now.b[51] && now.a[52] == now.b[52] && now.a[53] == now.b[53] && now.a[54] == now.b[54] && now.a[55] == now.b[55] && now.a[56] == now.b[56] && now.a[57] == now.b[57] && now.a[58] == now.b[58] && now.a[59] == now.b[59] && now.a[60] == now.b[60] && now.a[61] == now.b[61] && now.a[62] == now.b[62] && now.a[63] == now.b[63] && now.a[64] == now.b[64] && now.a[65] == now.b[65] && now.a[66] == now.b[66] && now.a[67] == now.b[67] && now.a[68] == now.b[68] && now.a[69] == now.b[69] && now.a[70] == now.b[70] && now.a[71] == now.b[71] && now.a[72] == now.b[72] && now.a[73] == now.b[73] && now.a[74] == now.b[74] && now.a[75] == now.b[75] && now.a[76] == now.b[76] && now.a[77] == now.b[77] && now.a[78] == now.b[78] && now.a[79] == now.b[79] && now.a[80] == now.b[80] && now.a[81] == now.b[81] && now.a[82] == now.b[82] && now.a[83] == now.b[83] && now.a[84] == now.b[84] && now.a[85] == now.b[85] && now.a[86] == now.b[86] && now.a[87] == now.b[87] && now.a[88] == now.b[88] && now.a[89] == now.b[89] && now.a[90] == now.b[90] && now.a[91] == now.b[91] && now.a[92] == now.b[92] && now.a[93] == now.b[93] && now.a[94] == now.b[94] && now.a[95] == now.b[95] && now.a[96] == now.b[96] && now.a[97] == now.b[97] && now.a[98] == now.b[98] && now.a[99] == now.b[99]); } }
#define Other_1 c_expr { (is_Other_1()) }
c_code { int is_Other_2(void) { return now.a[0] == now.b[0] && now.a[1] == now.b[1] && now.a[2] == now.b[2] && now.a[3] == now.b[3] && now.a[4] == now.b[4] && now.a[5] == now.b[5] && now.a[6] == now.b[6] && now.a[7] == now.b[7] && now.a[8] == now.b[8] && now.a[9] == now.b[9] && now.a[10] == now.b[10] && now.a[11] == now.b[11] && now.a[12] == now.b[12] && now.a[13] == now.b[13] && now.a[14] == now.b[14] && now.a[15] == now.b[15] && now.a[16] == now.b[16] && now.a[17] == now.b[17] && now.a[18] == now.b[18] && now.a[19] == now.b[19] && now.a[20] == now.b[20] && now.a[21] == now.b[21] && now.a[22] == now.b[22] && now.a[23] == now.b[23] && now.a[24] == now.b[24] && now.a[25] == now.b[25] && now.a[26] == now.b[26] && now.a[27] == now.b[27] && now.a[28] == now.b[28] && now.a[29] == now.b[29] && now.a[30] == now.b[30] && now.a[31] == now.b[31] && now.a[32] == now.b[32] && now.a[33] == now.b[33] && now.a[34] == now.b[34] && now.a[35] == now.b[35] && now.a[36] == now.b[36] && now.a[37] == now.b[37] && now.a[38] == now.b[38] && now.a[39] == now.b[39] && now.a[40] == now.b[40] && now.a[41] == now.b[41] && now.a[42] == now.b[42] && now.a[43] == now.b[43] && now.a[44] == now.b[44] && now.a[45] == now.b[45] && now.a[46] == now.b[46] && now.a[47] == now.b[47] && now.a[48] == now.b[48] && now.a[49] == now.b[49] && now.a[50] == now.b[50] && now.a[51] == now.b[51] && now.a[52] == now.b[52] && now.a[53] == now.b[53] && now.a[54] == now.b[54] && now.a[55] == now.b[55] && now.a[56] == now.b[56] && now.a[57] == now.b[57] && now.a[58] == now.b[58] && now.a[59] == now.b[59] && now.a[60] == now.b[60] && now.a[61] == now.b[61] && now.a[62] == now.b[62] && now.a[63] == now.b[63] && now.a[64] == now.b[64] && now.a[65] == now.b[65] && now.a[66] == now.b[66] && now.a[67] == now.b[67] && now.a[68] == now.b[68] && now.a[69] == now.b[69] && now.a[70] == now.b[70] && now.a[71] == now.b[71] && now.a[72] == now.b[72] && now.a[73] == now.b[73] && now.a[74] == now.b[74] && now.a[75] == now.b[75] && now.a[76] == now.b[76] && now.a[77] == now.b[77] && now.a[78] == now.b[78] && now.a[79] == now.b[79] && now.a[80] == now.b[80] && now.a[81] == now.b[81] && now.a[82] == now.b[82] && now.a[83] == now.b[83] && now.a[84] == now.b[84] && now.a[85] == now.b[85] && now.a[86] == now.b[86] && now.a[87] == now.b[87] && now.a[88] == now.b[88] && now.a[89] == now.b[89] && now.a[90] == now.b[90] && now.a[91] == now.b[91] && now.a[92] == now.b[92] && now.a[93] == now.b[93] && now.a[94] == now.b[94] && now.a[95] == now.b[95] && now.a[96] == now.b[96] && now.a[97] == now.b[97] && now.a[98] == now.b[98] && now.a[99] == now.b[99]; } }
#define Other_2 c_expr { (is_Other_2()) }
ltl Other { fair -> ([] (!Other_1 || <> Other_2)) }
#else
#define WAITS
#define took(action) skip
#endif

/* p */
active proctype p() WAITS {
  do
  /* line 5: with i in 0..99 { await a[i] == 0  a[i] := 1 } */
  :: d_step { pc == p_5 && a[0] == 0 ->
       p_i = 0;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[1] == 0 ->
       p_i = 1;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[2] == 0 ->
       p_i = 2;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[3] == 0 ->
       p_i = 3;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[4] == 0 ->
       p_i = 4;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[5] == 0 ->
       p_i = 5;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[6] == 0 ->
       p_i = 6;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[7] == 0 ->
       p_i = 7;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[8] == 0 ->
       p_i = 8;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[9] == 0 ->
       p_i = 9;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[10] == 0 ->
       p_i = 10;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[11] == 0 ->
       p_i = 11;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[12] == 0 ->
       p_i = 12;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[13] == 0 ->
       p_i = 13;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[14] == 0 ->
       p_i = 14;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[15] == 0 ->
       p_i = 15;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[16] == 0 ->
       p_i = 16;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[17] == 0 ->
       p_i = 17;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[18] == 0 ->
       p_i = 18;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[19] == 0 ->
       p_i = 19;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[20] == 0 ->
       p_i = 20;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[21] == 0 ->
       p_i = 21;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[22] == 0 ->
       p_i = 22;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[23] == 0 ->
       p_i = 23;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[24] == 0 ->
       p_i = 24;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[25] == 0 ->
       p_i = 25;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[26] == 0 ->
       p_i = 26;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[27] == 0 ->
       p_i = 27;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[28] == 0 ->
       p_i = 28;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[29] == 0 ->
       p_i = 29;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[30] == 0 ->
       p_i = 30;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[31] == 0 ->
       p_i = 31;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[32] == 0 ->
       p_i = 32;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[33] == 0 ->
       p_i = 33;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[34] == 0 ->
       p_i = 34;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[35] == 0 ->
       p_i = 35;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[36] == 0 ->
       p_i = 36;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[37] == 0 ->
       p_i = 37;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[38] == 0 ->
       p_i = 38;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[39] == 0 ->
       p_i = 39;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[40] == 0 ->
       p_i = 40;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[41] == 0 ->
       p_i = 41;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[42] == 0 ->
       p_i = 42;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[43] == 0 ->
       p_i = 43;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[44] == 0 ->
       p_i = 44;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[45] == 0 ->
       p_i = 45;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[46] == 0 ->
       p_i = 46;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[47] == 0 ->
       p_i = 47;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[48] == 0 ->
       p_i = 48;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[49] == 0 ->
       p_i = 49;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[50] == 0 ->
       p_i = 50;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[51] == 0 ->
       p_i = 51;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[52] == 0 ->
       p_i = 52;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[53] == 0 ->
       p_i = 53;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[54] == 0 ->
       p_i = 54;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[55] == 0 ->
       p_i = 55;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[56] == 0 ->
       p_i = 56;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[57] == 0 ->
       p_i = 57;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[58] == 0 ->
       p_i = 58;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[59] == 0 ->
       p_i = 59;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[60] == 0 ->
       p_i = 60;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[61] == 0 ->
       p_i = 61;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[62] == 0 ->
       p_i = 62;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[63] == 0 ->
       p_i = 63;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[64] == 0 ->
       p_i = 64;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[65] == 0 ->
       p_i = 65;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[66] == 0 ->
       p_i = 66;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[67] == 0 ->
       p_i = 67;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[68] == 0 ->
       p_i = 68;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[69] == 0 ->
       p_i = 69;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[70] == 0 ->
       p_i = 70;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[71] == 0 ->
       p_i = 71;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[72] == 0 ->
       p_i = 72;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[73] == 0 ->
       p_i = 73;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[74] == 0 ->
       p_i = 74;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[75] == 0 ->
       p_i = 75;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[76] == 0 ->
       p_i = 76;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[77] == 0 ->
       p_i = 77;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[78] == 0 ->
       p_i = 78;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[79] == 0 ->
       p_i = 79;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[80] == 0 ->
       p_i = 80;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[81] == 0 ->
       p_i = 81;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[82] == 0 ->
       p_i = 82;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[83] == 0 ->
       p_i = 83;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[84] == 0 ->
       p_i = 84;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[85] == 0 ->
       p_i = 85;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[86] == 0 ->
       p_i = 86;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[87] == 0 ->
       p_i = 87;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[88] == 0 ->
       p_i = 88;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[89] == 0 ->
       p_i = 89;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[90] == 0 ->
       p_i = 90;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[91] == 0 ->
       p_i = 91;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[92] == 0 ->
       p_i = 92;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[93] == 0 ->
       p_i = 93;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[94] == 0 ->
       p_i = 94;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[95] == 0 ->
       p_i = 95;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[96] == 0 ->
       p_i = 96;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[97] == 0 ->
       p_i = 97;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[98] == 0 ->
       p_i = 98;
       pc = p_5_2;
       took(0);
     }
  :: d_step { pc == p_5 && a[99] == 0 ->
       p_i = 99;
       pc = p_5_2;
       took(0);
     }
  /* line 5: a[i] := 1 */
  :: d_step { pc == p_5_2 ->
       a[p_i] = 1;
       p_i = 0;
       p_i = 0;
       pc = p_6;
       took(0);
     }
  /* line 6: b := a */
  :: d_step { pc == p_6 ->
       b[0] = a[0];
       b[1] = a[1];
       b[2] = a[2];
       b[3] = a[3];
       b[4] = a[4];
       b[5] = a[5];
       b[6] = a[6];
       b[7] = a[7];
       b[8] = a[8];
       b[9] = a[9];
       b[10] = a[10];
       b[11] = a[11];
       b[12] = a[12];
       b[13] = a[13];
       b[14] = a[14];
       b[15] = a[15];
       b[16] = a[16];
       b[17] = a[17];
       b[18] = a[18];
       b[19] = a[19];
       b[20] = a[20];
       b[21] = a[21];
       b[22] = a[22];
       b[23] = a[23];
       b[24] = a[24];
       b[25] = a[25];
       b[26] = a[26];
       b[27] = a[27];
       b[28] = a[28];
       b[29] = a[29];
       b[30] = a[30];
       b[31] = a[31];
       b[32] = a[32];
       b[33] = a[33];
       b[34] = a[34];
       b[35] = a[35];
       b[36] = a[36];
       b[37] = a[37];
       b[38] = a[38];
       b[39] = a[39];
       b[40] = a[40];
       b[41] = a[41];
       b[42] = a[42];
       b[43] = a[43];
       b[44] = a[44];
       b[45] = a[45];
       b[46] = a[46];
       b[47] = a[47];
       b[48] = a[48];
       b[49] = a[49];
       b[50] = a[50];
       b[51] = a[51];
       b[52] = a[52];
       b[53] = a[53];
       b[54] = a[54];
       b[55] = a[55];
       b[56] = a[56];
       b[57] = a[57];
       b[58] = a[58];
       b[59] = a[59];
       b[60] = a[60];
       b[61] = a[61];
       b[62] = a[62];
       b[63] = a[63];
       b[64] = a[64];
       b[65] = a[65];
       b[66] = a[66];
       b[67] = a[67];
       b[68] = a[68];
       b[69] = a[69];
       b[70] = a[70];
       b[71] = a[71];
       b[72] = a[72];
       b[73] = a[73];
       b[74] = a[74];
       b[75] = a[75];
       b[76] = a[76];
       b[77] = a[77];
       b[78] = a[78];
       b[79] = a[79];
       b[80] = a[80];
       b[81] = a[81];
       b[82] = a[82];
       b[83] = a[83];
       b[84] = a[84];
       b[85] = a[85];
       b[86] = a[86];
       b[87] = a[87];
       b[88] = a[88];
       b[89] = a[89];
       b[90] = a[90];
       b[91] = a[91];
       b[92] = a[92];
       b[93] = a[93];
       b[94] = a[94];
       b[95] = a[95];
       b[96] = a[96];
       b[97] = a[97];
       b[98] = a[98];
       b[99] = a[99];
       pc = p_7;
       took(0);
     }
  /* line 7: a := [k in 0..99 -> 0] */
  :: d_step { pc == p_7 ->
       a[0] = 0;
       a[1] = 0;
       a[2] = 0;
       a[3] = 0;
       a[4] = 0;
       a[5] = 0;
       a[6] = 0;
       a[7] = 0;
       a[8] = 0;
       a[9] = 0;
       a[10] = 0;
       a[11] = 0;
       a[12] = 0;
       a[13] = 0;
       a[14] = 0;
       a[15] = 0;
       a[16] = 0;
       a[17] = 0;
       a[18] = 0;
       a[19] = 0;
       a[20] = 0;
       a[21] = 0;
       a[22] = 0;
       a[23] = 0;
       a[24] = 0;
       a[25] = 0;
       a[26] = 0;
       a[27] = 0;
       a[28] = 0;
       a[29] = 0;
       a[30] = 0;
       a[31] = 0;
       a[32] = 0;
       a[33] = 0;
       a[34] = 0;
       a[35] = 0;
       a[36] = 0;
       a[37] = 0;
       a[38] = 0;
       a[39] = 0;
       a[40] = 0;
       a[41] = 0;
       a[42] = 0;
       a[43] = 0;
       a[44] = 0;
       a[45] = 0;
       a[46] = 0;
       a[47] = 0;
       a[48] = 0;
       a[49] = 0;
       a[50] = 0;
       a[51] = 0;
       a[52] = 0;
       a[53] = 0;
       a[54] = 0;
       a[55] = 0;
       a[56] = 0;
       a[57] = 0;
       a[58] = 0;
       a[59] = 0;
       a[60] = 0;
       a[61] = 0;
       a[62] = 0;
       a[63] = 0;
       a[64] = 0;
       a[65] = 0;
       a[66] = 0;
       a[67] = 0;
       a[68] = 0;
       a[69] = 0;
       a[70] = 0;
       a[71] = 0;
       a[72] = 0;
       a[73] = 0;
       a[74] = 0;
       a[75] = 0;
       a[76] = 0;
       a[77] = 0;
       a[78] = 0;
       a[79] = 0;
       a[80] = 0;
       a[81] = 0;
       a[82] = 0;
       a[83] = 0;
       a[84] = 0;
       a[85] = 0;
       a[86] = 0;
       a[87] = 0;
       a[88] = 0;
       a[89] = 0;
       a[90] = 0;
       a[91] = 0;
       a[92] = 0;
       a[93] = 0;
       a[94] = 0;
       a[95] = 0;
       a[96] = 0;
       a[97] = 0;
       a[98] = 0;
       a[99] = 0;
       pc = p_5;
       took(0);
     }
  od
}

/* Looks at every state. Where all is done, it stutters; where nothing can move and something is not done, Spin finds an invalid end state. */
active proctype observer() {
  do
#ifdef TEMPORAL
  :: d_step { due == 0 && !can_0 -> due = 1 }
  :: d_step { over -> due = 0 }
  :: false && (a[0] == 0 || b[0] == 0)   /* read in C above */
#else
#ifndef DEADLOCKS
#endif
  :: timeout && rests
#endif
  od
}
